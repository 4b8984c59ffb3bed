/** A thread with solhint loaded: `{files: [[path, text]]}` in, `{reports}` or `{crash}` out. */
import { createRequire } from "node:module";
import { parentPort } from "node:worker_threads";

const require = createRequire(import.meta.url);
const { processStr } = require("solhint/lib/index.js");

/** What is said about style is the maker's business; rules that only repeat the compiler are left out. */
const CONFIG = {
  rules: {
    "avoid-sha3": "warn",
    "avoid-suicide": "error",
    "avoid-throw": "warn",
    "avoid-tx-origin": "error",
    "check-send-result": "error",
    "func-visibility": ["warn", { ignoreConstructors: true }],
    "multiple-sends": "warn",
    "no-complex-fallback": "warn",
    "not-rely-on-block-hash": "warn",
    "payable-fallback": "warn",
    reentrancy: "warn",
    "state-visibility": "warn",
  },
};

parentPort.on("message", ({ files }) => {
  try {
    const reports = files.flatMap(([file, text]) => processStr(text, CONFIG, file).reports.map(({ ruleId, message, line, column }) => ({ file, check: ruleId ?? "parse-error", message, line, column })));
    parentPort.postMessage({ reports });
  } catch (error) {
    parentPort.postMessage({ crash: String(error?.stack ?? error).slice(0, 600) });
  }
});
