/** What is told about a compiled contract. Limits: EIP-170 (deployed code) and EIP-3860 (code that deploys). */
const SIZE_LIMIT = 24_576;
const INITCODE_LIMIT = 49_152;

const bytesOf = (hex) => hex.length / 2;

export function describeContract({ name, file, output }) {
  const { bytecode, deployedBytecode, gasEstimates } = output.evm;
  return {
    name,
    file,
    deployable: bytecode.object.length > 0,
    size_bytes: bytesOf(deployedBytecode.object),
    size_limit: SIZE_LIMIT,
    initcode_bytes: bytesOf(bytecode.object),
    initcode_limit: INITCODE_LIMIT,
    gas: { ...estimateDeployment(output.evm), methods: sortKeys(gasEstimates?.external ?? {}) },
  };
}

/**
 * What every deployment pays: the transaction, its data, and a word of code each (EIP-2028, EIP-3860, the yellow paper's
 * appendix G). On it comes the compiler's estimate of what is run and stored; where it has none (constructors that write are
 * "infinite" to it), storing the code alone, and the sum is the least that a chain takes.
 */
function estimateDeployment({ bytecode, deployedBytecode, gasEstimates }) {
  if (bytecode.object.length === 0) return { deployment: null };
  const data = Buffer.from(bytecode.object.replace(/[^0-9a-f]/gi, "0"), "hex");
  const zeros = data.filter((byte) => byte === 0).length;
  const transaction = 53_000 + zeros * 4 + (data.length - zeros) * 16 + 2 * Math.ceil(data.length / 32);
  const total = gasEstimates?.creation?.totalCost;
  const isBound = total !== undefined && total !== "infinite";
  return { deployment: String(transaction + (isBound ? Number(total) : 200 * bytesOf(deployedBytecode.object))), deployment_is_lower_bound: !isBound };
}

/** The same keys in the same order, whatever order the compiler found them in. */
export function sortKeys(record) {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
