/** Chains: which there are, how to reach them, the local ones that we run ourselves, and the keys that sign. */
export { ChainsConfigError, DEFAULT_CHAINS, explorerAddressUrl, loadChains, parseChains, signerSecretName, SIGNER_NAME, SIGNER_RULE, type Chain } from "./chain-config";
export { ChainError, isPassing, toChainError, type ChainErrorCode } from "./chain-errors";
export { createChains, createNoChains, unknownChain, type Chains, type CreateChainsOptions } from "./create-chains";
export { findAnvil } from "./find-anvil";
export { chainsFile, openChains, openChainsOrExit } from "./open-chains";
export { parsePrivateKey } from "./signer-key";
