/**
 * Writes one artifact to a file: into a part file beside it first, which a later try goes on with, and under its own name only
 * when all of it is there and has the right checksum.
 */
import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, rename, rm, stat } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import type { ArtifactAnswer } from "../answers";
import { CommandError, EXIT } from "../command-error";
import type { ApiClient } from "../http/api-client";
import { toUnreachable } from "../http/read-problem";
import { readChunks } from "../http/read-chunks";
import { NetworkError } from "../http/send-request";
import { backoffMs } from "../http/wait-time";
import { chooseTarget } from "./choose-target";

export interface SavedArtifact {
  name: string;
  /** Absolute. */
  file: string;
  size: number;
  sha256: string;
  /** `kept`: the file was there with this content already. */
  action: "saved" | "kept";
}

const TRIES = 5;

/** Throws CommandError: refused, unreachable, `checksum_mismatch`. */
export async function saveArtifact(options: { api: ApiClient; buildId: string; artifact: ArtifactAnswer; folder: string }): Promise<SavedArtifact> {
  const { api, artifact } = options;
  const { name, sha256, size } = artifact;
  const file = await chooseTarget({ folder: options.folder, name });
  const saved = { name, file, size, sha256 };
  if ((await hashFile(file))?.digest("hex") === sha256) return { ...saved, action: "kept" };
  const part = `${file}.${sha256.slice(0, 12)}.part`;
  for (let attempt = 0; ; attempt += 1) {
    try {
      await fetchRest({ ...options, part });
      break;
    } catch (error) {
      if (!(error instanceof NetworkError)) throw error;
      if (attempt + 1 >= TRIES) throw toUnreachable({ server: api.server, error });
      await delay(backoffMs(attempt));
    }
  }
  const found = (await hashFile(part))?.digest("hex");
  if (found !== sha256) {
    await rm(part, { force: true });
    throw new CommandError(`${name} came with other bytes than the build made: its checksum is ${found ?? "that of nothing"}, not ${sha256}.`, {
      exitCode: EXIT.unavailable, code: "checksum_mismatch", fix: "Nothing was kept. Try again; if it stays, look for a proxy that changes what it passes on",
    });
  }
  await rename(part, file);
  return { ...saved, action: "saved" };
}

/** Whether a file is in the artifact's place that has other content. Throws what `chooseTarget` does. */
export async function isOtherThere(options: { folder: string; artifact: ArtifactAnswer }): Promise<boolean> {
  const hash = await hashFile(await chooseTarget({ folder: options.folder, name: options.artifact.name }));
  return hash !== null && hash.digest("hex") !== options.artifact.sha256;
}

/** Appends what the part file lacks. */
async function fetchRest(options: { api: ApiClient; buildId: string; artifact: ArtifactAnswer; part: string }): Promise<void> {
  const { api, buildId, artifact, part } = options;
  const have = (await stat(part).catch(() => null))?.size ?? 0;
  if (have === artifact.size && have > 0) return;
  const resumes = have > 0 && have < artifact.size;
  const name = artifact.name.split("/").map(encodeURIComponent).join("/");
  const response = await api.stream(`/api/v1/builds/${buildId}/artifacts/${name}?download`, {
    headers: { accept: "*/*", ...(resumes ? { range: `bytes=${have}-`, "if-range": `"${artifact.sha256}"` } : {}) },
  });
  const goesOn = resumes && response.statusCode === 206 && (response.headers["content-range"] ?? "").startsWith(`bytes ${have}-`);
  const handle = await open(part, goesOn ? "a" : "w", 0o644);
  let written = goesOn ? have : 0;
  try {
    for await (const bytes of readChunks(response)) {
      written += bytes.byteLength;
      // More than was said will not have the right checksum: no need to fill the disk with it.
      if (written > artifact.size) return;
      await handle.write(bytes);
    }
  } finally {
    await handle.close();
  }
}

async function hashFile(file: string): Promise<Hash | null> {
  const hash = createHash("sha256");
  try {
    for await (const chunk of createReadStream(file)) hash.update(chunk);
    return hash;
  } catch {
    return null;
  }
}
