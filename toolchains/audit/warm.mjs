/**
 * Makes the toolchain ready, once after `npm ci`, with trusted code only: the compiled-code cache that the sandbox reads. Safe to
 * run again. Without it everything works too, more slowly.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const toolchainDir = path.dirname(fileURLToPath(import.meta.url));
const cacheDir = path.join(toolchainDir, ".compile-cache");
const SAMPLE = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.27;
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
contract Sample is ERC20 {
    constructor() ERC20("Sample", "SMP") {
        _mint(msg.sender, 1 ether);
    }
}
`;

rmSync(cacheDir, { recursive: true, force: true });
const folder = mkdtempSync(path.join(tmpdir(), "slipway-audit-"));
try {
  const inputDir = path.join(folder, "in");
  const outputDir = path.join(folder, "out");
  mkdirSync(path.join(inputDir, "files/contracts"), { recursive: true });
  mkdirSync(outputDir);
  writeFileSync(path.join(inputDir, "files/contracts/Sample.sol"), SAMPLE);
  writeFileSync(path.join(inputDir, "job.json"), JSON.stringify({ analyzers: ["solc", "slipway", "solhint"], timeout_ms: 300_000, detectors: ["tx-origin"], property_tests: null }));
  const run = spawnSync(process.execPath, [path.join(toolchainDir, "run-stage.mjs"), "security_audit"], {
    input: "go\n",
    env: { PATH: "/usr/bin:/bin", TMPDIR: folder, IN_DIR: inputDir, OUT_DIR: outputDir, NODE_ENV: "production", NODE_COMPILE_CACHE: cacheDir, NODE_COMPILE_CACHE_PORTABLE: "1" },
    encoding: "utf8",
  });
  if (run.status !== 0) throw new Error(`The audit of the sample failed: ${run.stderr}`);
  const { problem, analyzers } = JSON.parse(readFileSync(path.join(outputDir, "result.json"), "utf8"));
  const failed = analyzers.find(({ status }) => status !== "ran");
  if (problem !== null || failed !== undefined) throw new Error(`The audit of the sample failed: ${problem ?? failed.detail}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
