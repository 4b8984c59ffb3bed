/**
 * Every route that is not made from a procedure: downloads, streams, the package registry's names, probes. The router
 * answers from this list and the API's document is written from it, so nothing can be served that is not described.
 */
import { downloadRoutes } from "./downloads";
import { packageRegistryRoutes } from "./package-registry";
import { probeRoutes } from "./probes";
import type { HandWrittenRoute } from "./route";
import { streamRoutes } from "./streams";

/** Those with fixed parts before those with open ones. */
export const HAND_WRITTEN_ROUTES: readonly HandWrittenRoute[] = [...downloadRoutes, ...streamRoutes, ...packageRegistryRoutes, ...probeRoutes];
