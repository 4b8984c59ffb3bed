/** The checks of our own, over the compiler's syntax trees. They need no other program, so the basics are always caught. */
import { readFileSync } from "node:fs";
import { checkAccess } from "./checks/access.mjs";
import { checkCalls } from "./checks/calls.mjs";
import { checkSignatures } from "./checks/signatures.mjs";
import { checkValues } from "./checks/values.mjs";
import { isLockedByHand, isRunInOrder, isSentInOrder, isTakenInOrder, isTimeOnly } from "./excuses.mjs";
import { makeModel } from "./model.mjs";
import { bytesOf } from "./tree.mjs";

/** Of this toolchain: raised when what the checks find changes. */
export const CHECKS_VERSION = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")).version;

/** @returns `{findings}` with the edits that would mend them, or `{crash}`, in words */
export function runChecks({ trees, own }) {
  try {
    const model = makeModel({ trees, own });
    const found = [...checkAccess(model), ...checkCalls(model), ...checkSignatures(model), ...checkValues(model)];
    const seen = new Set();
    // A function of the contract that several entries reach is told once.
    const findings = found.filter(({ check, src }) => !seen.has(`${check} ${src}`) && seen.add(`${check} ${src}`) !== null);
    return { findings: findings.map(({ src, ...finding }) => ({ ...finding, bytes: bytesOf(src) })) };
  } catch (error) {
    return { crash: String(error?.stack ?? error).slice(0, 600) };
  }
}

/** Findings of Slither's without those that the whole of the contract excuses; all of them where it can't be followed. */
export function withoutExcused({ findings, trees, own }) {
  let model;
  try {
    model = makeModel({ trees, own });
  } catch {
    return findings;
  }
  return findings.filter(({ check, file, bytes }) => !isExcused(model, { check, file, start: bytes.start }));
}

function isExcused(model, { check, file, start }) {
  if (check === "arbitrary-send-eth") return isSentInOrder(model, { file, start });
  if (check === "controlled-delegatecall") return isRunInOrder(model, { file, start });
  if (check === "arbitrary-send-erc20") return isTakenInOrder(model, { file, start });
  if (check === "weak-prng") return isTimeOnly(model, { file, start });
  return /^reentrancy-/.test(check) && isLockedByHand(model, { file, start });
}
