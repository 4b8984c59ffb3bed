/**
 * Looks a git host up once, refuses what is not on the public internet, and answers the addresses to connect to: git is
 * told to use them and asks no name server again, so that a name can't point elsewhere a moment later.
 */
import { lookup } from "node:dns/promises";
import ipaddr from "ipaddr.js";
import { wrongUrl, type GitTarget } from "./check-git-url";

/** Host name → its addresses, as the system resolves it. */
export type LookUp = (hostname: string) => Promise<readonly string[]>;

const LOOKUP_MS = 5_000;
/** Where global unicast addresses are assigned; what translates to or embeds IPv4 addresses lies elsewhere or has a range of its own. */
const GLOBAL_IPV6 = ipaddr.parseCIDR("2000::/3");

export const lookUpBySystem: LookUp = async (hostname) => (await lookup(hostname, { all: true, verbatim: true })).map(({ address }) => address);

/** Throws `validation_failed` when there is no address, or when any of them may be reached only from inside. */
export async function chooseAddresses(options: { target: GitTarget; lookUp?: LookUp }): Promise<string[]> {
  const { target, lookUp = lookUpBySystem } = options;
  const bare = target.hostname.replace(/^\[|\]$/g, "");
  const found = ipaddr.isValid(bare) ? [bare] : await withDeadline(lookUp(bare));
  if (found.length === 0) throw unknownHost();
  if (!target.isVouchedFor && !found.every(isPublicAddress)) {
    throw wrongUrl("leads to an address that is not on the public internet. Ask the operator to list the host if it is meant to be reached.");
  }
  return [...new Set(found)];
}

/** False for loopback, private, link-local, multicast, reserved, translated and embedded addresses, and for what is none. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== "unicast") return false;
  return parsed.kind() === "ipv4" || parsed.match(GLOBAL_IPV6);
}

async function withDeadline(work: Promise<readonly string[]>): Promise<readonly string[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(unknownHost()), LOOKUP_MS);
  });
  try {
    return await Promise.race([work, late]);
  } catch {
    throw unknownHost();
  } finally {
    clearTimeout(timer);
  }
}

function unknownHost(): Error {
  return wrongUrl("names a host that can't be found. Check its spelling.");
}
