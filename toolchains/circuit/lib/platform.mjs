/** tscircuit's platform without a network: everything that would fetch says so, and supplier look-ups are off. */
import { getPlatformConfig } from "tscircuit";

function refuseLibrary(name) {
  return async (footprint) => {
    throw new Error(
      `Footprint "${name}:${footprint}" is fetched from the network, which builds do not have. Use a built-in footprint such as "0402", or put its .kicad_mod file into the package and import it.`,
    );
  };
}

export function createOfflinePlatform() {
  const platform = getPlatformConfig({ partsEngineDisabled: true });
  return {
    ...platform,
    partsEngine: undefined,
    partsEngineDisabled: true,
    footprintLibraryMap: { kicad: refuseLibrary("kicad"), jlcpcb: refuseLibrary("jlcpcb") },
  };
}
