/** A contract build's artifacts by what they are. Names are those that the contract pipeline writes. */
import type { ArtifactView } from "~/server/api/schemas/builds";

export interface ContractSource {
  /** Path below the folder of sources, such as `HyperKit.sol`. */
  path: string;
  /** As it was written or given. */
  generated: ArtifactView | null;
  /** As it passed the audit, which may have mended it; or as it was mended and did not pass (`refused`). */
  final: ArtifactView | null;
  mended: boolean;
  refused: boolean;
}

export interface ContractArtifacts {
  sources: ContractSource[];
  /** By the contract's name. */
  abis: { contract: string; artifact: ArtifactView }[];
  compiled: ArtifactView | null;
  audit: ArtifactView | null;
  deployable: ArtifactView | null;
}

const SOURCE = /^(contracts|final\/source|mended\/source)\/(.+)$/;
const ABI = /^abi\/(.+)\.json$/;

export function groupContractArtifacts({ artifacts }: { artifacts: readonly ArtifactView[] }): ContractArtifacts {
  const sources = new Map<string, ContractSource>();
  const abis: ContractArtifacts["abis"] = [];
  for (const artifact of artifacts) {
    const [, contract] = ABI.exec(artifact.name) ?? [];
    if (contract !== undefined) abis.push({ contract, artifact });
    const [, folder, path] = SOURCE.exec(artifact.name) ?? [];
    if (path === undefined) continue;
    const source = sources.get(path) ?? { path, generated: null, final: null, mended: false, refused: false };
    sources.set(path, folder === "contracts" ? { ...source, generated: artifact } : { ...source, final: artifact, refused: folder === "mended/source" });
  }
  const find = (name: string) => artifacts.find((artifact) => artifact.name === name) ?? null;
  const byName = (a: string, b: string) => a.localeCompare(b, "en", { numeric: true });
  return {
    sources: [...sources.values()]
      .map((source) => ({ ...source, mended: source.final !== null && source.generated?.sha256 !== source.final.sha256 }))
      .sort((a, b) => byName(a.path, b.path)),
    abis: abis.sort((a, b) => byName(a.contract, b.contract)),
    compiled: find("compiled.json"),
    audit: find("audit.json"),
    deployable: find("final/deployable.json"),
  };
}
