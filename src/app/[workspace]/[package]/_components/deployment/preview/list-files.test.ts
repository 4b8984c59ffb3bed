import { expect, it } from "vitest";
import type { ArtifactView } from "~/server/api/schemas/builds";
import { listFiles } from "./list-files";

it("puts sources first and groups what was made by its top folder", () => {
  const artifact = (name: string): ArtifactView => ({ name, stage: "transpilation", media_type: "text/plain", size: 2, sha256: name, url: "/x" });
  const groups = listFiles({ sources: [{ path: "lib/b.ts", size: 1, sha256: "b" }, { path: "index.tsx", size: 1, sha256: "i" }], artifacts: [artifact("esm/b.js"), artifact("esm/a.js"), artifact("report.txt")] });
  expect(groups.map((group) => [group.title, group.files.map((file) => file.path)])).toEqual([
    ["Sources", ["index.tsx", "lib/b.ts"]],
    ["esm", ["esm/a.js", "esm/b.js"]],
    ["Output", ["report.txt"]],
  ]);
});
