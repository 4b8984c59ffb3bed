/** Fetches one commit of a public repository and takes its files into a batch of blobs, within bounds of time and size. */
import { chown, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { AppError } from "~/domain/errors";
import type { BlobBatch } from "../../../storage/blob-store";
import { collectEntries, type StoredFile } from "../archive/collect-entries";
import { checkGitRef, checkGitUrl, wrongUrl, type GitTarget } from "./check-git-url";
import { chooseAddresses, type LookUp } from "./choose-address";
import type { GitSettings } from "../../context";
import { readCommitEntries } from "./read-commit";
import { GIT_WALL_MS, HTTP_ALLOWED, gitUser, runGit, type GitPlace, type GitResult } from "./run-git";
import { takeTurn } from "./take-turn";

export interface FetchedCommit {
  files: StoredFile[];
  /** Full and lower-case. */
  commitSha: string;
  /** As it was asked for; `HEAD` for the default branch. */
  ref: string;
}

export interface FetchCommitOptions {
  source: { url: string; ref?: string };
  settings: GitSettings;
  batch: BlobBatch;
  /** Ends the fetch when the caller leaves. */
  signal?: AbortSignal;
  lookUp?: LookUp;
}

/** Throws `validation_failed` for the address, the ref or what is in the repository, `payload_too_large`, `not_available`. */
export async function fetchCommit(options: FetchCommitOptions): Promise<FetchedCommit> {
  const { source, settings, batch, lookUp } = options;
  const target = checkGitUrl({ url: source.url, settings });
  const ref = source.ref === undefined ? "HEAD" : checkGitRef(source.ref);
  const addresses = await chooseAddresses({ target, lookUp });
  return takeTurn(async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "slipway-git-"));
    const deadline = AbortSignal.timeout(GIT_WALL_MS);
    const signal = options.signal === undefined ? deadline : AbortSignal.any([deadline, options.signal]);
    try {
      const place: GitPlace = { folder, config: describeConfig({ target, addresses, caFile: await copyAuthorities({ settings, folder }) }), signal };
      const user = gitUser();
      if (user !== undefined) await chown(folder, user.uid, user.gid);
      const commitSha = await fetchOne({ place, target, ref });
      const files = await collectEntries({ entries: readCommitEntries({ place, commit: commitSha }), batch, field: "git", stripFolder: false });
      return { files, commitSha, ref };
    } catch (error) {
      if (deadline.aborted) throw wrongUrl(`could not be fetched within ${GIT_WALL_MS / 1000} s. Try again, or send the files.`);
      throw error;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
}

/** git's user may not read the operator's folders; a copy it may. */
async function copyAuthorities({ settings, folder }: { settings: GitSettings; folder: string }): Promise<string | undefined> {
  if (settings.caFile === undefined) return undefined;
  const copy = path.join(folder, "authorities.pem");
  await writeFile(copy, await readFile(settings.caFile), { mode: 0o644 });
  return copy;
}

function describeConfig(options: { target: GitTarget; addresses: readonly string[]; caFile: string | undefined }): string[] {
  const { target, addresses, caFile } = options;
  const pinned = addresses.map((address) => (address.includes(":") ? `[${address}]` : address)).join(",");
  return [
    `http.curloptResolve=${target.hostname}:${target.port}:${pinned}`,
    // Also switches off alternates that a server may name.
    "http.followRedirects=false",
    "http.lowSpeedLimit=1000",
    "http.lowSpeedTime=10",
    "protocol.allow=never",
    "protocol.https.allow=always",
    ...(target.isVouchedFor && target.href.startsWith("http:") ? [HTTP_ALLOWED] : []),
    ...(caFile === undefined ? [] : [`http.sslCAInfo=${caFile}`]),
    "transfer.fsckObjects=true",
    "transfer.bundleURI=false",
    // One pack, whose size the limit of a file bounds.
    "fetch.unpackLimit=1",
    "fetch.writeCommitGraph=false",
    "gc.auto=0",
    "maintenance.auto=false",
    "pack.threads=1",
    "core.hooksPath=/dev/null",
    "core.symlinks=false",
    "submodule.recurse=false",
    "credential.helper=",
  ];
}

async function fetchOne(options: { place: GitPlace; target: GitTarget; ref: string }): Promise<string> {
  const { place, target, ref } = options;
  const made = await runGit({ ...place, args: ["init", "--quiet", "--bare", "--template=", place.folder] });
  if (made.code !== 0) throw new AppError("not_available", { userMessage: "This server has no working git. Send the files instead.", message: made.stderr });
  const fetched = await runGit({ ...place, args: ["fetch", "--quiet", "--depth=1", "--no-tags", "--recurse-submodules=no", "--", target.href, ref] });
  if (fetched.code !== 0) throw explainFailure(fetched);
  const parsed = await runGit({ ...place, args: ["rev-parse", "--verify", "--quiet", "FETCH_HEAD^{commit}"] });
  const commit = parsed.stdout.toString("latin1").trim();
  if (parsed.code !== 0 || !/^[0-9a-f]{40,64}$/.test(commit)) throw noSuchRef();
  return commit;
}

/** git's own words are for the terminal: they name servers, paths and limits that are no caller's business. */
function explainFailure({ stderr }: GitResult): AppError {
  if (/find remote ref|not our ref|no such ref|unadvertised object/i.test(stderr)) return noSuchRef();
  if (/returned error: 30\d|redirect/i.test(stderr)) return wrongUrl("answers with a redirect, which is not followed. Send the address it leads to (often the same with .git at its end).");
  if (/returned error: 40[134]|not found|Authentication|could not read Username|terminal prompts/i.test(stderr)) return wrongUrl("names no repository that everybody may read. Check it, or send the files of a private one.");
  if (/certificate|SSL|TLS/i.test(stderr)) return wrongUrl("names a server whose certificate can't be trusted.");
  if (/file size limit|File too large|Out of memory|write error/i.test(stderr)) {
    const message = "holds more than a release may have. Send only the files that the build needs.";
    return new AppError("payload_too_large", { userMessage: `git.url ${message}`, fields: [{ path: "git.url", message }] });
  }
  return wrongUrl("could not be fetched: the server can't be reached, or does not speak git's protocol. Check the address.");
}

function noSuchRef(): AppError {
  const message = "is no branch, tag or commit of this repository. A commit must be given in full.";
  return new AppError("validation_failed", { userMessage: `git.ref ${message}`, fields: [{ path: "git.ref", message }] });
}
