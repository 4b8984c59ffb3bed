/** Toolchains with neither solhint nor forge, for what does not depend on every analyzer. */
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";

const installed = fileURLToPath(new URL("../../../toolchains", import.meta.url));

/** Answers a function that makes one; all are gone after the test file. `slither`: what runs in place of its Python. */
export function openInstallations(): (options?: { slither?: string }) => string {
  const roots: string[] = [];
  afterAll(() => roots.forEach((root) => rmSync(root, { recursive: true, force: true })));
  return ({ slither } = {}) => {
    const root = mkdtempSync(path.join(tmpdir(), "slipway-toolchains-"));
    roots.push(root);
    for (const name of ["circuit", "contract", "runner"]) symlinkSync(path.join(installed, name), path.join(root, name));
    const audit = path.join(root, "audit");
    for (const name of ["lib", "stages", "run-stage.mjs", "package.json"]) cpSync(path.join(installed, "audit", name), path.join(audit, name), { recursive: true });
    if (slither === undefined) return root;
    mkdirSync(path.join(audit, ".venv/bin"), { recursive: true });
    mkdirSync(path.join(audit, ".venv/lib/python3/site-packages/slither_analyzer-0.11.6.dist-info"), { recursive: true });
    writeFileSync(path.join(audit, ".venv/bin/python3"), `#!/bin/sh\n${slither}\n`);
    chmodSync(path.join(audit, ".venv/bin/python3"), 0o755);
    return root;
  };
}
