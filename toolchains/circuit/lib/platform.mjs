/** tscircuit's platform without a network: everything that would fetch says so, and supplier look-ups are off. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { getPlatformConfig } from "tscircuit";

function refuseLibrary(name) {
  return async (footprint) => {
    throw new Error(
      `Footprint "${name}:${footprint}" is fetched from the network, which builds do not have. Use a built-in footprint such as "0402", or put its .kicad_mod file into the package and import it.`,
    );
  };
}

/** @param {{directory?: string}} options where the package's files lie, for the footprints among them */
export function createOfflinePlatform({ directory } = {}) {
  const platform = getPlatformConfig({ partsEngineDisabled: true });
  const kicad = platform.footprintFileParserMap.kicad_mod;
  const loadFromUrl = async (url) => {
    if (directory === undefined) throw new Error(`Footprint "${url}" is not part of the package.`);
    const content = readFileSync(path.join(directory, path.posix.normalize(url)));
    return await kicad.loadFromUrl(`data:text/plain;base64,${content.toString("base64")}`);
  };
  return {
    ...platform,
    resolveProjectStaticFileImportUrl: async (file) => file,
    footprintFileParserMap: { kicad_mod: { loadFromUrl } },
    partsEngine: undefined,
    partsEngineDisabled: true,
    footprintLibraryMap: { kicad: refuseLibrary("kicad"), jlcpcb: refuseLibrary("jlcpcb") },
  };
}
