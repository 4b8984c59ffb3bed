import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const launcher = fileURLToPath(new URL("launch.mjs", import.meta.url));

it.each([
  ["process.exit(3)", 3],
  ["process.kill(process.pid, 'SIGINT')", 130],
  ["process.kill(process.pid, 'SIGTERM')", 143],
])("ends as the program did: %s", async (program, code) => {
  const script = `import { launch } from ${JSON.stringify(launcher)}; process.exitCode = await launch(process.execPath, ["-e", ${JSON.stringify(`${program}; setInterval(() => 0, 1000)`)}]);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: "inherit" });
  expect(await once(child, "exit")).toEqual([code, null]);
});
