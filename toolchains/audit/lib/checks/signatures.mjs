/** Signatures as rights: that they are somebody's, used once, and meant for this contract on this chain. */
import { hasAny, isKept, NONE, variablesOf } from "../labels.mjs";
import { findAll } from "../tree.mjs";

export function* checkSignatures(model) {
  for (const analysis of model.analyses) for (const trace of analysis.traces) yield* checkTrace({ model, analysis, trace });
}

function* checkTrace({ model, analysis, trace }) {
  const { entry, events } = trace;
  const name = `${entry.contract.name}.${entry.node.name || entry.node.kind}`;
  const proofs = events.filter(({ kind, left, right }) => kind === "compare" && [left, right].some((side) => side.has("recovered")));
  for (const { node, file, left, right, operator } of proofs) {
    const [signer, other] = left.has("recovered") ? [left, right] : [right, left];
    const isZeroRefused = proofs.some((one) => one.left.has("zero") || one.right.has("zero"));
    if (["==", "!="].includes(operator) && signer.has("raw") && isKept(other) && !isZeroRefused) yield { check: "zero-signer", file, src: node.src, message: "ecrecover answers the zero address for a signature that is none: while the signer is not set, anything passes." };
  }
  const proof = proofs.find(({ left, right }) => [left, right].some((side) => side.has("signature"))) ?? events.find(({ kind, labels }) => kind === "check" && labels.has("signature") && labels.has("allows"));
  if (proof === undefined) return;
  const asked = new Set(events.filter(({ kind }) => kind === "check" || kind === "question").flatMap(({ labels }) => variablesOf(labels)));
  for (const { kind, left, right, labels } of events) for (const side of kind === "compare" ? [left, right] : kind === "recover" ? [labels] : []) if (hasAny(side, "recovered") || kind === "recover") for (const label of variablesOf(side)) asked.add(label);
  const isSpent = events.some((one) => one.kind === "spends" || (one.kind === "write" && asked.has(`state:${one.variable.id}`))) || isMintedOnce({ model, analysis, trace });
  const hasEffect = events.some(({ kind, operator, name: called }) => ["out", "token", "delegate"].includes(kind) || (kind === "inner" && /mint|transfer/i.test(called)) || (kind === "write" && operator === "+="));
  if (!isSpent && hasEffect) yield { check: "signature-replay", file: proof.file, src: proof.node.src, message: `${name} takes the same signature again and again: nothing that was signed is used up.` };
  const signed = [proof.left, proof.right, proof.labels].find((side) => side !== undefined && hasAny(side, "recovered", "signature"));
  if (signed !== undefined && signed.has("ambiguous")) yield { check: "ambiguous-signature", file: proof.file, src: proof.node.src, message: `What is signed for ${name} runs together: values moved from one list or text to the next have the same signature.` };
  const isBound = signed !== undefined && (signed.has("chain") || [...variablesOf(signed)].some((label) => /domain/i.test(label)));
  if (!isBound && isSpent) yield { check: "signature-domain", file: proof.file, src: proof.node.src, message: `What is signed for ${name} names neither the chain nor this contract: the same signature is good on another chain, or for a copy of it.` };
}

/** The signature names a token, and a token is made only once: what makes it uses the signature up, where no token is ever burnt. */
function isMintedOnce({ model, analysis: { contract, traces }, trace }) {
  if (!model.inherits(contract, /^ERC721(Upgradeable)?$/) || traces.some(({ events }) => events.some(({ kind, name }) => kind === "inner" && name === "_burn"))) return false;
  return trace.events.some(({ kind, name, args, node, fn, isUnconditional }) => {
    if (kind !== "inner" || !isUnconditional || !/^_(safeMint|mint)$/.test(name) || !(args[1] ?? NONE).has("caller")) return false;
    const token = node.arguments[1]?.referencedDeclaration;
    const hashed = findAll(fn.body, (one) => one.nodeType === "FunctionCall" && one.expression.name === "keccak256");
    return token !== undefined && hashed.some((hash) => findAll(hash, (one) => one.nodeType === "Identifier" && one.referencedDeclaration === token).length > 0);
  });
}
