/** What happened, told to every process through Postgres NOTIFY. Notices carry ids only; the truth is in the rows. */

export type BusChannel = "build" | "cancel" | "outbox" | "workspace";

export interface BusNotice {
  channel: BusChannel;
  /** `build`, `cancel`: the build's id. `workspace`: the workspace's id. `outbox`: empty. */
  key: string;
  /** `workspace`: the id of the build that changed. Else empty. */
  detail: string;
}

export interface Bus {
  /**
   * Calls back for each notice of the channel and key (`*`: every key), and once with `reconnected: true` after a lost
   * connection came back, because notices may have been missed. Resolves once listening, so that a reader may backfill
   * after it without a gap. Returns the function that unsubscribes.
   */
  subscribe(channel: BusChannel, key: string, onNotice: (notice: BusNotice & { reconnected: boolean }) => void): Promise<() => void>;
  close(): Promise<void>;
}

/** The one Postgres channel that all notices share: one LISTEN a process. */
export const BUS_CHANNEL = "slipway";

/** The payload of a notice, to be given to `pg_notify(BUS_CHANNEL, …)` within a transaction. */
export function encodeNotice(channel: BusChannel, key: string, detail = ""): string {
  return `${channel}:${key}:${detail}`;
}

export function decodeNotice(payload: string): BusNotice | null {
  const [channel, key, detail] = payload.split(":");
  if (channel !== "build" && channel !== "cancel" && channel !== "outbox" && channel !== "workspace") return null;
  return { channel, key: key ?? "", detail: detail ?? "" };
}
