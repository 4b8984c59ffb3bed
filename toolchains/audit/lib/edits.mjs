/** Small edits of a source, in bytes: the mechanical part of a fix. */
import { bytesOf } from "./tree.mjs";

const OPEN_ZEPPELIN = "@openzeppelin/contracts";

export const replace = ({ file, src, text }) => ({ file, start: bytesOf(src).start, end: bytesOf(src).start + bytesOf(src).length, text });

/** Behind the parameters, where a modifier may stand. */
export function addModifier({ file, fn, name }) {
  const { start, length } = bytesOf(fn.parameters.src);
  return { file, start: start + length, end: start + length, text: ` ${name}` };
}

export function addImport({ file, tree, text }) {
  const heads = tree.nodes.filter((node) => node.nodeType === "ImportDirective" || node.nodeType === "PragmaDirective");
  const last = heads.at(-1);
  const at = last === undefined ? 0 : bytesOf(last.src).start + bytesOf(last.src).length;
  return { file, start: at, end: at, text: `\n${text}` };
}

export function addParent({ file, contract, name }) {
  const [first] = contract.baseContracts;
  if (first !== undefined) return { file, start: bytesOf(first.src).start, end: bytesOf(first.src).start, text: `${name}, ` };
  const { start, length } = bytesOf(contract.nameLocation);
  return { file, start: start + length, end: start + length, text: ` is ${name}` };
}

export const REENTRANCY_GUARD = `import {ReentrancyGuard} from "${OPEN_ZEPPELIN}/utils/ReentrancyGuard.sol";`;

/** A piece of a source, and the character behind it. */
export const readSource = (model, file, src) => {
  const { start, length } = bytesOf(src);
  return model.own.get(file).subarray(start, start + length).toString("utf8");
};
export const readAfter = (model, file, src) => {
  const { start, length } = bytesOf(src);
  return model.own.get(file).subarray(start + length, start + length + 1).toString("utf8");
};
