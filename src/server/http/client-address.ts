/** Which address a request came from. */
import { isIP } from "node:net";
import type { IncomingMessage } from "node:http";

/**
 * The peer's address. Only a proxy on this machine may speak for somebody else: of its `X-Forwarded-For` the last entry,
 * which it added itself, counts.
 */
export function readClientAddress(request: IncomingMessage): string {
  const peer = stripMapped(request.socket.remoteAddress ?? "unknown");
  if (!isLoopback(peer)) return peer;
  const header = request.headers["x-forwarded-for"];
  const last = (Array.isArray(header) ? header.join(",") : header)?.split(",").at(-1)?.trim();
  return last !== undefined && isIP(last) !== 0 ? stripMapped(last) : peer;
}

export function isLoopback(address: string): boolean {
  return address === "::1" || address.startsWith("127.");
}

/** An IPv4 address seen through an IPv6 socket. */
export function stripMapped(address: string): string {
  return address.startsWith("::ffff:") ? address.slice(7) : address;
}
