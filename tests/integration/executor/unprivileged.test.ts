/** A worker that is not root: the same isolation, with one user for all and a user namespace instead of root's rights. */
import { execFile } from "node:child_process";
import { chmodSync, chownSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const NOBODY = 65_534;

describe.runIf(process.getuid?.() === 0)("a worker that is not root", () => {
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "slipway-nobody-"));
    chmodSync(folder, 0o755);
    mkdirSync(join(folder, "own"));
    chownSync(join(folder, "own"), NOBODY, NOBODY);
    // Neither the checkout nor our Node need be readable for that user.
    await build({
      entryPoints: [join(import.meta.dirname, "fixtures/run-command.ts")], bundle: true, platform: "node", format: "esm", outfile: join(folder, "run.mjs"),
      alias: { "~": join(import.meta.dirname, "../../../src") },
      banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
    });
    copyFileSync(process.execPath, join(folder, "node"));
    chmodSync(join(folder, "node"), 0o755);
    writeFileSync(join(folder, "secret.txt"), "keep-this-to-yourself", { mode: 0o644 });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const run = async (script: string): Promise<string> => {
    const args = ["--reuid", String(NOBODY), "--regid", String(NOBODY), "--clear-groups", join(folder, "node"), join(folder, "run.mjs"), join(folder, "own", "work"), script];
    const { stdout } = await promisify(execFile)("/usr/bin/setpriv", args, { env: { NODE_ENV: "test", PATH: "/usr/bin:/bin" }, timeout: 60_000 });
    return stdout;
  };

  it("isolates: no host file, no capability, no namespace, nothing writable but its places", async () => {
    const out = await run(`cat ${folder}/secret.txt; grep CapEff /proc/self/status; unshare --user true && echo made; for d in / /usr /etc /in /out /tmp; do : > $d/x && echo "wrote $d"; done; id -u`);
    expect(out).not.toContain("keep-this-to-yourself");
    expect(out).not.toContain("made");
    expect(out).toContain("CapEff:\t0000000000000000");
    expect(out.match(/wrote \S+/g)).toEqual(["wrote /out", "wrote /tmp"]);
    expect(out.trim().endsWith("1000\n\nexit 0")).toBe(true);
  });

  it("bounds the work folder exactly", async () => {
    const out = await run("df --block-size=1 --output=size,itotal /out | tail -1");
    // The root folder takes an inode of its own.
    expect(out).toMatch(/^\s*16777216\s+101\n/);
  });

  it("ends a fork bomb", async () => {
    const out = await run("bomb() { bomb | bomb & }; bomb; sleep 30");
    expect(out.trim().endsWith("exit null")).toBe(true);
  });
});
