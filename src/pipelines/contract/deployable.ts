/** What can be put on a chain: a compiled contract with its arguments. Written by `compilation`, read by audit and deployment. */
import { z } from "zod";

const hex = z.string().regex(/^0x([0-9a-f]{2})*$/);

/** `$deployer` as an argument, at any depth, is the address of the signer of each chain. */
export const DEPLOYER_ARGUMENT = "$deployer";

/** Where the constructor writes immutables into the deployed code: bytes, from 0. By the compiler's id of the variable. */
const immutableReferences = z.record(z.string(), z.array(z.object({ start: z.int().min(0), length: z.int().min(1) })));

export const deployableSchema = z.strictObject({
  contract: z.string().min(1).max(200),
  file: z.string().min(1).max(1_000),
  /** As the compiler gives it; viem's `Abi`. */
  abi: z.array(z.looseObject({ type: z.string() })),
  bytecode: hex.min(4),
  deployed_bytecode: hex,
  immutable_references: immutableReferences,
  /** JSON values as the ABI wants them; whole numbers of any size as decimal strings. Of the proxy's implementation: none. */
  constructor_args: z.array(z.unknown()),
  /** Such as `0.8.37+commit.…`. */
  compiler: z.string().min(1),
  evm_version: z.string().min(1),
  /** SHA-256 of the compiler's metadata, lower-case hex. */
  metadata_hash: z.string().regex(/^[0-9a-f]{64}$/),
  /**
   * Deployed behind a proxy: first the contract (with `constructor_args`), then the proxy, whose constructor takes the
   * contract's address and the encoded call of the initializer. The proxy's address is the contract's address.
   */
  upgradeable: z
    .strictObject({
      proxy: z.literal("ERC1967Proxy"),
      proxy_bytecode: hex.min(4),
      proxy_deployed_bytecode: hex,
      proxy_immutable_references: immutableReferences,
      initializer: z.strictObject({ name: z.string().min(1), args: z.array(z.unknown()) }),
    })
    .nullable(),
});
export type Deployable = z.infer<typeof deployableSchema>;

/** `bytecode/<Contract>.json`: the same shape for every contract that can be deployed. */
export const bytecodeArtifact = deployableSchema;
export type BytecodeArtifact = Deployable;

export const GAS_UNBOUNDED = "infinite";
const gas = z.union([z.literal(GAS_UNBOUNDED), z.string().regex(/^\d+$/)]);

export const compiledContract = z.strictObject({
  name: z.string(),
  file: z.string(),
  /** It has code: no interface, no abstract contract. */
  deployable: z.boolean(),
  /** Of the deployed code, against EIP-170's limit. */
  size_bytes: z.int(),
  size_limit: z.int(),
  /** Of the code that deploys, without arguments, against EIP-3860's limit. */
  initcode_bytes: z.int(),
  initcode_limit: z.int(),
  /**
   * Estimates without a chain. `deployment`: with the transaction, without arguments and the initializer; where the compiler
   * finds no bound for the constructor, the least that a chain takes (`deployment_is_lower_bound`; not said by builds of
   * before it was told apart, nor where nothing can be deployed). `methods`: by signature.
   */
  gas: z.strictObject({ deployment: gas.nullable(), deployment_is_lower_bound: z.boolean().optional(), methods: z.record(z.string(), gas) }),
});

/** `compiled.json` */
export const compiledSchema = z.strictObject({
  compiler: z.string(),
  evm_version: z.string(),
  optimizer: z.strictObject({ enabled: z.boolean(), runs: z.int() }),
  contracts: z.array(compiledContract),
  /** Name of the contract that is deployed; null when none can be. */
  primary: z.string().nullable(),
});
export type Compiled = z.infer<typeof compiledSchema>;
export type CompiledContract = z.infer<typeof compiledContract>;
