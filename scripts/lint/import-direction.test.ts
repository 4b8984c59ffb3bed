import { Linter } from "eslint";
import { describe, expect, it } from "vitest";
import { ALLOWED, importDirection } from "./import-direction.mjs";

function problems(file: string, code: string): string[] {
  const linter = new Linter({ cwd: "/project" });
  const found = linter.verify(code, [{ files: ["**/*.ts"], plugins: { slipway: { rules: { "import-direction": importDirection } } }, rules: { "slipway/import-direction": "error" } }], { filename: `/project/${file}` });
  return found.map((problem) => problem.message);
}

describe("imports point one way", () => {
  it.each([
    ["src/domain/names.ts", `import { x } from "~/server/db/client";`, /src\/domain must not import src\/server\/db/],
    ["src/domain/names.ts", `import fs from "node:fs";`, /imports nothing but itself/],
    ["src/engine/store/runs.ts", `import { x } from "../../domain/ids";`, /src\/engine must not import src\/domain/],
    ["src/pipelines/circuit/index.ts", `import { x } from "~/server/db/client";`, /must not import src\/server\/db/],
    ["src/server/services/builds/get-build.ts", `import { x } from "../../api/root";`, /must not import src\/server:/],
    ["src/server/db/client.ts", `export * from "../services/access";`, /must not import src\/server\/services/],
    ["src/server/rest/adapter.ts", `const page = await import("~/app/page");`, /src\/server must not import src\/app/],
    ["src/components/ui/button.ts", `import { x } from "../../server/services/access";`, /src\/components must not import/],
  ])("%s may not have %s", (file, code, message) => {
    expect(problems(file, code)).toEqual([expect.stringMatching(message)]);
  });

  it.each([
    ["src/server/services/builds/get-build.ts", `import { x } from "../../db/client"; import { y } from "~/domain/ids"; import { z } from "./build-view"; import w from "pg";`],
    ["src/inngest/functions/build-release.ts", `import { x } from "~/server/services/builds/begin-build"; import { y } from "~/pipelines/define";`],
    ["src/app/page.ts", `import { x } from "~/server/services/access"; import { y } from "~/components/ui/button";`],
    ["src/server/api/root.ts", `import { x } from "../services/builds/get-build";`],
    ["src/worker.ts", `import { x } from "~/engine"; import { y } from "~/server/db/client";`],
    ["tests/integration/x.ts", `import { x } from "~/engine";`],
  ])("%s may have %s", (file, code) => {
    expect(problems(file, code)).toEqual([]);
  });

  it("knows no area that allows itself a way up to the pages", () => {
    for (const [area, allowed] of Object.entries(ALLOWED)) {
      if (Array.isArray(allowed)) expect(allowed, area).not.toContain("app");
    }
  });
});
