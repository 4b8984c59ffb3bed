/** Ids: a prefix that tells what it is, then a ULID, so that they sort by time. */
import { randomBytes } from "node:crypto";
import { encodeTime, monotonicFactory, TIME_MAX, ulid } from "ulid";

export const ID_PREFIXES = {
  user: "usr",
  account: "acc",
  session: "ses",
  apiToken: "tok",
  workspace: "ws",
  package: "pkg",
  release: "rel",
  build: "build",
  buildStage: "stg",
  artifact: "art",
  deployment: "dep",
  deploymentTransaction: "dtx",
  secret: "sec",
  worker: "wrk",
  event: "evt",
  request: "req",
  audit: "aud",
} as const;

const RANDOM_BYTES = 4096;
let random = Buffer.alloc(0);
let used = 0;

/** From 0 up to 1, in steps of 1/256. An id takes sixteen of them, and each request an id: they are drawn from a store. */
function drawRandom(): number {
  if (used === random.byteLength) {
    random = randomBytes(RANDOM_BYTES);
    used = 0;
  }
  return random.readUInt8(used++) / 256;
}

/** Ids made in one millisecond by one process still sort in the order in which they were made. */
const nextUlid = monotonicFactory(drawRandom);

export type IdKind = keyof typeof ID_PREFIXES;

/** Makes an id such as `build_01J…`. `now` (epoch ms) is passed where a test holds time. */
export function createId(kind: IdKind, now?: number): string {
  return `${ID_PREFIXES[kind]}_${now === undefined ? nextUlid() : ulid(now)}`;
}

/** The smallest id that can be made at `time` (epoch ms): ids sort by time, so a list by id is cut by time with it. */
export function earliestId(kind: IdKind, time: number): string {
  return `${ID_PREFIXES[kind]}_${encodeTime(Math.min(TIME_MAX, Math.max(0, Math.floor(time))))}${"0".repeat(16)}`;
}

export function isIdOf(kind: IdKind, value: string): boolean {
  return new RegExp(`^${ID_PREFIXES[kind]}_[0-9A-HJKMNP-TV-Z]{26}$`).test(value);
}
