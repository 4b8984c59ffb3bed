/** What a stage's result depends on, and the SHA-256 over it. Same inputs, same fingerprint, on any machine. */
import { createHash } from "node:crypto";

export interface StageInputs {
  /** Path → SHA-256 of the release's files that the stage reads directly. */
  files: Readonly<Record<string, string>>;
  options: Readonly<Record<string, unknown>>;
  /** Tool → exact version. */
  toolchain: Readonly<Record<string, string>>;
  /** The stage's own version. */
  stageVersion: number;
  /** Needed stage → digest of what it put out. */
  needs: Readonly<Record<string, string>>;
}

/** JSON with sorted keys, so that equal values always have equal text. */
export function canonicalJson(value: unknown): string {
  if (value === undefined) return "null";
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(",")}}`;
}

/** Lower-case hex SHA-256 of bytes or UTF-8 text. */
export function sha256Hex(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

export function computeFingerprint(inputs: StageInputs): string {
  return sha256Hex(canonicalJson(inputs));
}

/** Digest over what a stage put out: the names, types and contents of its artifacts, whatever their order. */
export function computeOutputDigest(artifacts: readonly { name: string; mediaType: string; sha256: string }[]): string {
  const rows = artifacts.map((artifact) => [artifact.name, artifact.mediaType, artifact.sha256]);
  rows.sort(([a], [b]) => ((a ?? "") < (b ?? "") ? -1 : 1));
  return sha256Hex(canonicalJson(rows));
}
