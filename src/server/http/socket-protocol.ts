/**
 * What a client of a socket offers as subprotocols: `slipway.v1`, and where it has no other way to send its token (a
 * browser's WebSocket sets no headers) `bearer.slw_…` beside it. The server answers `slipway.v1` alone.
 */
export const SOCKET_PROTOCOL = "slipway.v1";
const BEARER = "bearer.";

function readOffers(headers: Headers): string[] {
  return (headers.get("sec-websocket-protocol") ?? "").split(",").map((offer) => offer.trim()).filter((offer) => offer !== "");
}

/** The token among the offers, or null. */
export function readOfferedToken(headers: Headers): string | null {
  return readOffers(headers).find((offer) => offer.startsWith(BEARER))?.slice(BEARER.length) ?? null;
}

/** True when something is offered, but nothing that the server could choose. */
export function offersOnlyOthers(headers: Headers): boolean {
  const offers = readOffers(headers);
  return offers.length > 0 && !offers.includes(SOCKET_PROTOCOL);
}
