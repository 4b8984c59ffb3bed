/** Small contracts, compiled with the contract toolchain's own compiler into what the audit hands to the deployment. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { sha256Hex } from "~/domain/fingerprint";
import { deployableSchema, type Deployable } from "~/pipelines/contract/deployable";

const toolchain = fileURLToPath(new URL("../../toolchains/contract/", import.meta.url));
const solc = z
  .object({ compile: z.custom<(input: string, callbacks: { import(file: string): { contents: string } }) => string>((value) => typeof value === "function"), version: z.custom<() => string>((value) => typeof value === "function") })
  .parse(createRequire(path.join(toolchain, "package.json"))("solc"));

const compiled = z.object({
  abi: z.array(z.looseObject({ type: z.string() })),
  metadata: z.string(),
  evm: z.object({
    bytecode: z.object({ object: z.string() }),
    deployedBytecode: z.object({ object: z.string(), immutableReferences: z.record(z.string(), z.array(z.object({ start: z.number(), length: z.number() }))) }),
  }),
});
const output = z.object({ errors: z.array(z.object({ severity: z.string(), formattedMessage: z.string() })).optional(), contracts: z.record(z.string(), z.record(z.string(), compiled)) });

const COUNTER = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;
contract Counter {
    struct Entry { uint256 amount; address by; }
    error TooLarge(uint256 most);
    address public immutable owner;
    uint256 public count;
    string public label;
    mapping(address => uint256) public balanceOf;
    constructor(address owner_, uint256 start, string memory label_) { require(start < 1000, "start too large"); owner = owner_; count = start; label = label_; }
    function increment() external { count += 1; }
    function add(uint256 a, uint256 b) external pure returns (uint256 sum) { return a + b; }
    function entries(address by) external view returns (Entry[] memory list, bool ok) { list = new Entry[](1); list[0] = Entry(count, by); ok = true; }
    function refuse(uint256 n) external pure returns (uint256) { if (n > 3) revert TooLarge(3); return n; }
    function divide(uint256 a, uint256 b) external pure returns (uint256) { return a / b; }
    function check() external view {}
    function spin() external view returns (uint256 n) { while (gasleft() > 1000) { n++; } }
}`;

const VAULT = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.22;
import "@openzeppelin/contracts/proxy/utils/UUPSUpgradeable.sol";
import "@openzeppelin/contracts/proxy/utils/Initializable.sol";
import "@openzeppelin/contracts/proxy/ERC1967/ERC1967Proxy.sol";
contract Vault is Initializable, UUPSUpgradeable {
    address public owner;
    constructor() { _disableInitializers(); }
    function initialize(address owner_) external initializer { owner = owner_; }
    function _authorizeUpgrade(address) internal view override { require(msg.sender == owner, "not the owner"); }
}`;

/** Its interface is honest, its answers are not. */
const TRICKSTER = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;
contract Trickster {
    error Told(bytes[] notes);
    function greeting() external pure returns (string memory) { return "hello"; }
    function short() external pure returns (string memory) { assembly { mstore(0, 32) return(0, 33) } }
    function dirty() external pure returns (bool, address) { assembly { mstore(0, not(0)) mstore(32, not(0)) return(0, 64) } }
    function picture(uint256 length) external pure returns (bytes memory) { return new bytes(length); }
    function pointers(uint256 count, uint256 length) external pure returns (bytes[] memory) { (uint256 at, uint256 size) = write(count, length, 0x40); assembly { return(at, size) } }
    function refusal(uint256 count, uint256 length) external pure returns (uint256) { (uint256 at, uint256 size) = write(count, length, 0x44); bytes4 selector = Told.selector; assembly { mstore(0x40, selector) revert(0x40, add(size, sub(at, 0x40))) } }
    function scream(uint256 length) external pure returns (uint256) { bytes memory text = new bytes(length); for (uint256 i = 0; i < length; i++) text[i] = 0x41; revert(string(text)); }
    /// A list in which every entry is the one long value.
    function write(uint256 count, uint256 length, uint256 free) private pure returns (uint256 at, uint256 size) {
        assembly {
            at := free
            mstore(at, 32)
            mstore(add(at, 32), count)
            for { let i := 0 } lt(i, count) { i := add(i, 1) } { mstore(add(add(at, 64), mul(32, i)), mul(32, count)) }
            mstore(add(add(at, 64), mul(32, count)), length)
            size := add(add(96, mul(32, count)), length)
        }
    }
}`;

function compile(name: string, source: string): Record<string, z.infer<typeof compiled>> {
  const input = {
    language: "Solidity",
    sources: { [`${name}.sol`]: { content: source } },
    settings: { evmVersion: "cancun", optimizer: { enabled: true, runs: 200 }, outputSelection: { "*": { "*": ["abi", "metadata", "evm.bytecode.object", "evm.deployedBytecode"] } } },
  };
  const result = output.parse(JSON.parse(solc.compile(JSON.stringify(input), { import: (file) => ({ contents: readFileSync(path.join(toolchain, "node_modules", file), "utf8") }) })));
  const broken = result.errors?.find((error) => error.severity === "error");
  if (broken !== undefined) throw new Error(broken.formattedMessage);
  return Object.assign({}, ...Object.values(result.contracts));
}

function describe(name: string, contract: z.infer<typeof compiled>): Omit<Deployable, "constructor_args" | "upgradeable"> {
  return {
    contract: name,
    file: `${name}.sol`,
    abi: contract.abi,
    bytecode: `0x${contract.evm.bytecode.object}`,
    deployed_bytecode: `0x${contract.evm.deployedBytecode.object}`,
    immutable_references: contract.evm.deployedBytecode.immutableReferences,
    compiler: solc.version(),
    evm_version: "cancun",
    metadata_hash: sha256Hex(contract.metadata),
  };
}

function pick(contracts: Record<string, z.infer<typeof compiled>>, name: string): z.infer<typeof compiled> {
  const contract = contracts[name];
  if (contract === undefined) throw new Error(`${name} was not compiled.`);
  return contract;
}

let counter: z.infer<typeof compiled> | undefined;

/** A contract with an immutable, a string, and functions that answer, revert and take long. */
export function compileCounter(args: { start?: unknown; label?: string; owner?: string } = {}): Deployable {
  counter ??= pick(compile("Counter", COUNTER), "Counter");
  return deployableSchema.parse({ ...describe("Counter", counter), constructor_args: [args.owner ?? "$deployer", args.start ?? "7", args.label ?? "clicks"], upgradeable: null });
}

/** A contract whose answers are too long, cut off, not of their types, or would be gigabytes when decoded. */
export function compileTrickster(): Deployable {
  return deployableSchema.parse({ ...describe("Trickster", pick(compile("Trickster", TRICKSTER), "Trickster")), constructor_args: [], upgradeable: null });
}

/** A contract behind an ERC-1967 proxy; with another `note` it is another one. */
export function compileVault({ note = "" }: { note?: string } = {}): Deployable {
  const contracts = compile("Vault", `${VAULT}\n// ${note}`);
  const proxy = pick(contracts, "ERC1967Proxy").evm;
  return deployableSchema.parse({
    ...describe("Vault", pick(contracts, "Vault")),
    constructor_args: [],
    upgradeable: {
      proxy: "ERC1967Proxy",
      proxy_bytecode: `0x${proxy.bytecode.object}`,
      proxy_deployed_bytecode: `0x${proxy.deployedBytecode.object}`,
      proxy_immutable_references: proxy.deployedBytecode.immutableReferences,
      initializer: { name: "initialize", args: ["$deployer"] },
    },
  });
}
