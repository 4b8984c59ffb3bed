/** Contracts to begin with: two from a prompt, one from Solidity files. Each is built by the tests. */
import type { PipelineExample } from "../../define";
import { tipJar } from "./tip-jar";

const harbourToken: PipelineExample = {
  slug: "harbour-token",
  title: "Harbour token",
  description: "An ERC-20 token from one sentence: a billion of them, more can be minted, transfers can be paused.",
  files: [],
  options: { prompt: 'Create an ERC-20 token called "Harbour Token" with symbol HRB, 1 billion initial supply, mintable and pausable by the owner, burnable, with permit' },
};

const lighthouses: PipelineExample = {
  slug: "lighthouses",
  title: "Lighthouses",
  description: "An NFT collection of at most 500, with a royalty of 5 percent.",
  files: [],
  options: { prompt: 'An NFT collection called "Lighthouses" (LIGHT) with a max supply of 500, 5% royalty, burnable, base URI https://lighthouses.example/tokens/' },
};

export const EXAMPLES: readonly PipelineExample[] = [harbourToken, lighthouses, tipJar];
