/** Values that are not what they seem: chance that miners choose, balances that anyone can raise, versions that move. */
import { calleeOf, findAll, isMember, rootOf, strip } from "../tree.mjs";

const isBlockValue = (node) => ["timestamp", "prevrandao", "difficulty", "number", "coinbase", "gaslimit"].some((name) => isMember(node, "block", name)) || (node.nodeType === "FunctionCall" && calleeOf(node)?.name === "blockhash");

export function* checkValues(model) {
  for (const { file, node: fn } of model.functions) {
    if (!fn.body) continue;
    yield* checkChance({ file, fn });
    for (const one of findAll(fn.body, (part) => part.nodeType === "BinaryOperation" && (part.operator === "==" || part.operator === "!="))) {
      const isBalance = [one.leftExpression, one.rightExpression].some((side) => strip(side)?.nodeType === "MemberAccess" && strip(side).memberName === "balance" && strip(strip(side).expression)?.name === "this");
      if (isBalance) yield { check: "strict-balance", file, src: one.src, message: "The contract's balance is compared for equality: anyone can send it ether and make this never true." };
    }
  }
  for (const [file, tree] of model.trees) {
    if (!model.own.has(file)) continue;
    for (const pragma of tree.nodes.filter((node) => node.nodeType === "PragmaDirective" && node.literals[0] === "solidity")) {
      const range = pragma.literals.slice(1).join("");
      if (!/^=?\d+\.\d+\.\d+$/.test(range)) yield { check: "floating-pragma", file, src: pragma.src, message: `pragma solidity ${range} allows compilers that this was not tested with.` };
    }
  }
}

/** Chance out of the block: hashed or divided with a remainder, also through local variables. */
function* checkChance({ file, fn }) {
  const tainted = new Set();
  const isTainted = (node) => findAll(node, (one) => isBlockValue(one) || (one.nodeType === "Identifier" && tainted.has(one.referencedDeclaration))).length > 0;
  const hashes = (node) => findAll(node, (one) => one.nodeType === "FunctionCall" && calleeOf(one)?.name === "keccak256" && isTainted(one));
  for (const statement of findAll(fn.body, (one) => one.nodeType === "VariableDeclarationStatement" && one.initialValue !== null && one.initialValue !== undefined)) {
    // A deadline is no chance: only what is hashed, or a block's own hash, is carried on.
    const isSeed = hashes(statement.initialValue).length > 0 || findAll(statement.initialValue, (one) => isMember(one, "block", "prevrandao") || isMember(one, "block", "difficulty") || (one.nodeType === "FunctionCall" && calleeOf(one)?.name === "blockhash")).length > 0 || findAll(statement.initialValue, (one) => one.nodeType === "Identifier" && tainted.has(one.referencedDeclaration)).length > 0;
    if (isSeed) for (const one of statement.declarations) if (one !== null) tainted.add(one.id);
  }
  const seen = new Set();
  const rests = findAll(fn.body, (one) => one.nodeType === "BinaryOperation" && one.operator === "%" && isTainted(one.leftExpression));
  for (const one of rests.length > 0 ? rests : hashes(fn.body).filter((hash) => isCompared(fn.body, hash, tainted))) {
    if (seen.has(one.src)) continue;
    seen.add(one.src);
    yield { check: "weak-randomness", file, src: one.src, message: "Chance is made of the block: who makes the block, or calls in the same one, knows or chooses it." };
  }
}

/** A hash of the block that decides something, or is kept: not one that only names a thing. */
function isCompared(body, hash, tainted) {
  return findAll(body, (one) => one.nodeType === "BinaryOperation" && ["==", "<", ">", "<=", ">=", "!="].includes(one.operator)).some((one) => findAll(one, (part) => part.id === hash.id || (part.nodeType === "Identifier" && tainted.has(rootOf(part)?.referencedDeclaration))).length > 0);
}
