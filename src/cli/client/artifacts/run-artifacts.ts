/** `slipway artifacts list` and `get`. */
import path from "node:path";
import { artifactsAnswer, type ArtifactAnswer } from "../answers";
import { findBuild, nameOf } from "../build-reference";
import { CommandError, EXIT, type ExitCode } from "../command-error";
import { cleanText } from "../output/clean-text";
import { countOf, formatBytes } from "../output/format";
import { formatTable } from "../output/table";
import type { ServerFlags } from "../server-flags";
import type { Session } from "../session";
import { checkArtifactName } from "./choose-target";
import { isOtherThere, saveArtifact, type SavedArtifact } from "./save-artifact";

/** Names in an error. */
const SHOWN = 5;

export interface GetFlags extends ServerFlags {
  output: string;
  force?: true;
}

export async function runArtifactsList(options: { session: Session; reference: string }): Promise<ExitCode> {
  const { session, reference } = options;
  const { terminal, api } = session;
  const build = await findBuild({ api, reference });
  const answer = await api.get(`/api/v1/builds/${build.build_id}/artifacts`, { schema: artifactsAnswer });
  if (session.json) terminal.printJson(answer);
  else if (answer.artifacts.length === 0) terminal.note(`${nameOf(build)} has no artifacts${build.status === "building" || build.status === "pending" ? " yet" : ""}.`);
  else {
    const rows = answer.artifacts.map((artifact) => [cleanText(artifact.name, { colours: false }), artifact.stage, formatBytes(artifact.size), artifact.sha256.slice(0, 12)]);
    terminal.print(formatTable({ head: ["NAME", "STAGE", "SIZE", "SHA-256"], rows }));
  }
  return EXIT.ok;
}

export async function runArtifactsGet(options: { session: Session; reference: string; names: readonly string[]; flags: GetFlags }): Promise<ExitCode> {
  const { session, reference, names, flags } = options;
  const { terminal, api } = session;
  const build = await findBuild({ api, reference });
  const { artifacts } = await api.get(`/api/v1/builds/${build.build_id}/artifacts`, { schema: artifactsAnswer });
  const wanted = chooseArtifacts({ artifacts, names, build: nameOf(build) });
  // Before the first byte: half of a download is no use to anybody.
  for (const { name } of wanted) checkArtifactName(name);
  const folder = path.resolve(flags.output);
  if (flags.force !== true) await refuseToReplace({ wanted, folder });
  const saved: SavedArtifact[] = [];
  for (const artifact of wanted) {
    const done = await saveArtifact({ api, buildId: build.build_id, artifact, folder });
    saved.push(done);
    if (!session.json) terminal.print(`${done.action === "kept" ? "kept " : "saved"}  ${path.relative(process.cwd(), done.file)}  ${formatBytes(done.size)}`);
  }
  if (session.json) terminal.printJson({ build_id: build.build_id, artifacts: saved, count: saved.length });
  else terminal.note(`${countOf(saved.length, "artifact")} of ${nameOf(build)} in ${flags.output}, checksums right.`);
  return EXIT.ok;
}

/** Also before the first byte: what stands there may be somebody's work, and is not in any build. */
async function refuseToReplace(options: { wanted: readonly ArtifactAnswer[]; folder: string }): Promise<void> {
  const others: string[] = [];
  for (const artifact of options.wanted) {
    if (await isOtherThere({ folder: options.folder, artifact })) others.push(artifact.name);
  }
  if (others.length === 0) return;
  const more = others.length > SHOWN ? ` and ${others.length - SHOWN} more` : "";
  throw new CommandError(`${others.slice(0, SHOWN).join(", ")}${more} ${others.length === 1 ? "is" : "are"} in ${options.folder} already, with other content. Nothing was downloaded.`, {
    exitCode: EXIT.usage, code: "file_exists", fix: "Choose another folder with -o <dir>, or replace what is there with --force",
  });
}

/** All without names; a name ending in a slash, or that of a folder, stands for all in it. Throws CommandError for a name that fits none. */
export function chooseArtifacts(options: { artifacts: readonly ArtifactAnswer[]; names: readonly string[]; build: string }): ArtifactAnswer[] {
  const { artifacts, names, build } = options;
  const fits = (artifact: ArtifactAnswer, name: string): boolean => artifact.name === name || artifact.name.startsWith(name.endsWith("/") ? name : `${name}/`);
  const missing = names.find((name) => !artifacts.some((artifact) => fits(artifact, name)));
  if (missing !== undefined || artifacts.length === 0) {
    const what = missing === undefined ? "no artifacts" : `no artifact ${missing}`;
    throw new CommandError(`${build} has ${what}.`, { exitCode: EXIT.usage, code: "not_found", fix: `See what it has: slipway artifacts list ${build}` });
  }
  return names.length === 0 ? [...artifacts] : artifacts.filter((artifact) => names.some((name) => fits(artifact, name)));
}
