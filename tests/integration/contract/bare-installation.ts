/** Toolchains with neither solhint nor forge, for what does not depend on every analyzer. */
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";

const installed = fileURLToPath(new URL("../../../toolchains", import.meta.url));

export interface Tampered {
  /** Shell that runs in place of Slither's Python. */
  slither?: string;
  /** Shell that runs in place of forge. */
  forge?: string;
  /** A module in place of solhint's. */
  solhint?: string;
}

/** Answers a function that makes one; all are gone after the test file. */
export function openInstallations(): (options?: Tampered) => string {
  const roots: string[] = [];
  afterAll(() => roots.forEach((root) => rmSync(root, { recursive: true, force: true })));
  return ({ slither, forge, solhint } = {}) => {
    const root = mkdtempSync(path.join(tmpdir(), "slipway-toolchains-"));
    roots.push(root);
    for (const name of ["circuit", "contract", "runner"]) symlinkSync(path.join(installed, name), path.join(root, name));
    const audit = path.join(root, "audit");
    for (const name of ["lib", "stages", "run-stage.mjs", "package.json"]) cpSync(path.join(installed, "audit", name), path.join(audit, name), { recursive: true });
    if (slither !== undefined) {
      mkdirSync(path.join(audit, ".venv/lib/python3/site-packages/slither_analyzer-0.11.6.dist-info"), { recursive: true });
      writeScript({ file: path.join(audit, ".venv/bin/python3"), script: slither });
    }
    if (forge !== undefined) writePackage({ folder: path.join(audit, "node_modules/@foundry-rs/forge-linux-amd64"), version: "1.7.1", file: "bin/forge", content: forge });
    if (solhint !== undefined) writePackage({ folder: path.join(audit, "node_modules/solhint"), version: "6.2.4", file: "lib/index.js", content: solhint });
    return root;
  };
}

function writeScript({ file, script }: { file: string; script: string }): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
}

function writePackage({ folder, version, file, content }: { folder: string; version: string; file: string; content: string }): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "package.json"), JSON.stringify({ name: path.basename(folder), version }));
  if (file.startsWith("bin/")) return writeScript({ file: path.join(folder, file), script: content });
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), content);
}
