/** What the functions of imported packages do, by their names: their bodies are not followed. */
import { hasAny, NONE, union } from "./labels.mjs";

const PROVES = /^(isValid\w*Signature\w*|verify\w*|_useCheckedNonce)$/;
const RECOVERS = /^(recover|tryRecover|recoverCalldata)$/;
const ASKS = /^_?(check(Role|Owner|Auth\w*|CanCall)|only[A-Z]\w*|requireAuth\w*)$/;
/** Modifiers of packages that let only some in, or only once. */
export const CLOSING = /^(only|auth|requires|restricted)|^(initializer|reinitializer)$/i;
export const LOCKING = /^(nonReentrant|noReentran\w*)$/;
/** What counts up or off, so that the same thing is not done twice. */
const SPENDS = /^(_useNonce|_useCheckedNonce|setTo|set|unset|add|remove|increment)$/;

/** What a package's token keeps of who has how much, as one variable: its own are not followed. */
const HOLDINGS = { id: "holdings", name: "balances", typeDescriptions: { typeString: "mapping" } };
const TOKEN = /^ERC(20|721|1155)(Upgradeable)?$/;

/** Reads and writes of a token's own books; what `_safeMint` and its like write, they write before they call back. */
function keepBooks({ name, emit }) {
  if (/^(balanceOf(Batch)?|totalSupply|ownerOf|_ownerOf)$/.test(name)) emit({ kind: "read", variable: HOLDINGS, keys: NONE });
  if (/^_(mint|burn)(Batch)?$|^_(transfer|update)$/.test(name)) emit({ kind: "write", variable: HOLDINGS, target: null, keys: NONE, labels: NONE, operator: "=", added: NONE });
}

/**
 * @param {Set<string>[]} options.args the labels of the arguments, with what the function is attached to first
 * @param {(event: object) => Set<string>} options.emit
 * @returns the labels of its answer
 */
export function callPackage({ name, owner, args, call, emit, inherits }) {
  const all = union(...args);
  if (owner === "self" && inherits(TOKEN)) keepBooks({ name, emit });
  if (name === "_msgSender") return new Set(["sender"]);
  if (name === "_msgData") return new Set(["caller"]);
  if (RECOVERS.test(name)) return union(all, ["recovered", "signature"]);
  if (PROVES.test(name)) return union(all, ["allows", "proof"], /signature/i.test(name) ? ["signature"] : NONE);
  if (ASKS.test(name)) {
    emit({ kind: "check", labels: new Set(["allows"]), isUnconditional: true });
    return NONE;
  }
  if (name === "_hashTypedDataV4") return union(all, ["chain", "this"]);
  if (name === "totalSupply" && owner === "self") return union(all, ["supply"]);
  if (name === "owner") return new Set(["state:owner"]);
  if (SPENDS.test(name)) emit({ kind: "spends", labels: all });
  if (name === "sendValue") return emit({ kind: "out", call: "sendValue", target: args[0], amount: args[1] ?? NONE, data: NONE, isChecked: true });
  if (/^functionCall/.test(name)) return emit({ kind: "out", call: "call", target: args[0], amount: name === "functionCallWithValue" ? (args[2] ?? NONE) : NONE, data: args[1] ?? NONE, isChecked: true });
  if (name === "functionDelegateCall") return emit({ kind: "delegate", target: args[0], data: args[1] ?? NONE, isChecked: true });
  if (/^(safeTransfer|trySafeTransfer)$/.test(name) && owner !== "self") return emit({ kind: "token", call: "transfer", token: args[0], from: new Set(["this"]), target: args[1] ?? NONE, amount: args[2] ?? NONE, isChecked: true });
  if (/^(safeTransferFrom|trySafeTransferFrom)$/.test(name) && owner !== "self") return emit({ kind: "token", call: "transferFrom", token: args[0], from: args[1] ?? NONE, target: args[2] ?? NONE, amount: args[3] ?? NONE, isChecked: true });
  if (/^_(safe)?(mint|mintBatch|burn|burnBatch|transfer|safeTransfer|transferOwnership|grantRole|setRoleAdmin|update|spendAllowance|approve|checkAuthorized)$/i.test(name)) {
    const makesHook = /^_safe(Mint|Transfer)$|^_safeTransferFrom$/.test(name) || (/^_mint(Batch)?$/.test(name) && inherits(/^ERC1155/));
    emit({ kind: "inner", name, args });
    if (makesHook) emit({ kind: "out", call: "hook", target: args[name === "_safeTransfer" ? 1 : 0] ?? NONE, amount: NONE, data: NONE, isChecked: true });
    return NONE;
  }
  return call.typeDescriptions?.typeString === "bool" ? askAbout({ args, all, emit }) : all;
}

/** `hasRole(role, msg.sender)` and the like: who asks for whom lets only some in. */
export function askAbout({ args, all, emit }) {
  const who = args.find((one) => hasAny(one, "sender", "origin"));
  if (who === undefined) return all;
  emit({ kind: "compare", operator: "[]", left: who, right: new Set(["external"]) });
  return union(all, ["allows"]);
}
