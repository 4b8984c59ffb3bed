/** The checks of our own, over the compiler's syntax trees. They need no other program, so the basics are always caught. */
import { readFileSync } from "node:fs";
import { checkAccess } from "./checks/access.mjs";
import { checkCalls } from "./checks/calls.mjs";
import { checkValues } from "./checks/values.mjs";
import { isSentInOrder, makeModel } from "./model.mjs";
import { bytesOf } from "./tree.mjs";

/** Of this toolchain: raised when what the checks find changes. */
export const CHECKS_VERSION = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")).version;

/** @returns `{findings}` with the edits that would mend them, or `{crash}`, in words */
export function runChecks({ trees, own }) {
  try {
    const model = makeModel({ trees, own });
    const found = [...checkAccess(model), ...checkCalls(model), ...checkValues(model)];
    const seen = new Set();
    // A function of the contract that several entries reach is told once.
    const findings = found.filter(({ check, src }) => !seen.has(`${check} ${src}`) && seen.add(`${check} ${src}`) !== null);
    return { findings: findings.map(({ src, ...finding }) => ({ ...finding, bytes: bytesOf(src) })) };
  } catch (error) {
    return { crash: String(error?.stack ?? error).slice(0, 600) };
  }
}

/** Findings of Slither's without those that the whole of the contract excuses. */
export function withoutExcused({ findings, trees, own }) {
  const model = makeModel({ trees, own });
  return findings.filter(({ check, file, bytes }) => check !== "arbitrary-send-eth" || !isSentInOrder(model, { file, start: bytes.start }));
}
