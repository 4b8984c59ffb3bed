/** The corpus of the audit, and what is expected of it. Precision and recall are said of these contracts and of no others. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** `missed`: vulnerable in ways that nothing here finds. */
type Kind = "vulnerable" | "clean" | "missed";

const folder = (kind: Kind) => fileURLToPath(new URL(`../../fixtures/contracts/${kind}/`, import.meta.url));

export function readCorpus(kind: Kind): Record<string, string> {
  return Object.fromEntries(readdirSync(folder(kind)).sort().map((name) => [`contracts/${name}`, readFileSync(`${folder(kind)}${name}`, "utf8")]));
}

export interface Expectation {
  /** The rule that names what is wrong. */
  rule: string;
  /** `mended`: the fix round takes it away and the build goes on with the mended source. `fails`: the build fails. */
  end: "mended" | "fails";
  /** Seen only when the contract runs: by the property tests, in a build where it is the one that is deployed. */
  byRunning?: true;
}

export const VULNERABLE: Readonly<Record<string, Expectation>> = {
  "arbitrary-transfer-from.sol": { rule: "arbitrary-transfer-from", end: "fails" },
  "cap-without-effect.sol": { rule: "cap-exceeded", end: "fails", byRunning: true },
  "delegatecall-to-input.sol": { rule: "controlled-delegatecall", end: "fails" },
  "delegatecall-to-open-setting.sol": { rule: "controlled-delegatecall", end: "fails" },
  "initializer-twice.sol": { rule: "unprotected-initializer", end: "fails" },
  "initializer-without-guard.sol": { rule: "unprotected-initializer", end: "mended" },
  "message-value-in-loop.sol": { rule: "msg-value-loop", end: "fails" },
  "open-burn.sol": { rule: "open-burn", end: "fails" },
  "open-mint-by-hand.sol": { rule: "open-mint", end: "fails" },
  "open-mint-by-number.sol": { rule: "open-mint", end: "fails" },
  "open-mint.sol": { rule: "open-mint", end: "fails" },
  "open-role.sol": { rule: "open-setter", end: "fails" },
  "open-setter.sol": { rule: "open-setter", end: "fails" },
  "open-token-rescue.sol": { rule: "open-withdraw", end: "fails" },
  "open-upgrade.sol": { rule: "unprotected-upgrade", end: "fails" },
  "open-withdraw.sol": { rule: "open-withdraw", end: "fails" },
  "pause-without-effect.sol": { rule: "pause-ineffective", end: "fails", byRunning: true },
  "reentrancy-across-functions.sol": { rule: "reentrancy", end: "mended" },
  "reentrancy-callback.sol": { rule: "reentrancy", end: "mended" },
  "reentrancy-ether.sol": { rule: "reentrancy", end: "mended" },
  "reentrancy-in-modifier-order.sol": { rule: "reentrancy", end: "mended" },
  "reentrancy-send-value.sol": { rule: "reentrancy", end: "mended" },
  "reentrancy-token-hook.sol": { rule: "reentrancy", end: "mended" },
  "selfdestruct-inside.sol": { rule: "unprotected-selfdestruct", end: "fails" },
  "tx-origin-handed-on.sol": { rule: "open-withdraw", end: "fails" },
  "tx-origin-modifier.sol": { rule: "tx-origin", end: "mended" },
  "tx-origin.sol": { rule: "tx-origin", end: "mended" },
  "unchecked-call.sol": { rule: "unchecked-call", end: "mended" },
  "unchecked-send.sol": { rule: "unchecked-send", end: "mended" },
  "unchecked-transfer.sol": { rule: "unchecked-transfer", end: "mended" },
  "uninitialized-variable.sol": { rule: "uninitialized-state", end: "fails" },
  "unprotected-initializer.sol": { rule: "unprotected-initializer", end: "fails" },
  "unprotected-selfdestruct.sol": { rule: "unprotected-selfdestruct", end: "fails" },
  "weak-randomness-guess.sol": { rule: "weak-randomness", end: "fails" },
  "weak-randomness-stored.sol": { rule: "weak-randomness", end: "fails" },
  "weak-randomness.sol": { rule: "weak-randomness", end: "fails" },
  "withdraw-of-another.sol": { rule: "open-withdraw", end: "fails" },
};

/** Caught by the checks of our own alone, without Slither, solhint and forge: the basics. */
export const NEEDS_OTHERS = ["cap-without-effect.sol", "delegatecall-to-open-setting.sol", "pause-without-effect.sol", "uninitialized-variable.sol", "weak-randomness-stored.sol"];
