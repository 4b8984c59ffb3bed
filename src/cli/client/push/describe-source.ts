/** What a push sends besides the package's name: a folder's files, a git address, or a contract in words. */
import { CommandError, EXIT, usageError } from "../command-error";
import { countOf, formatBytes } from "../output/format";
import type { Session } from "../session";
import { choosePackage, findKind, nameOfFolder, nameOfRepository } from "./choose-package";
import { collectFiles, type FoundFile } from "./collect-files";
import { encodeFiles } from "./encode-files";
import { readGitFacts } from "./git-facts";
import { guessKind } from "./guess-kind";
import type { PushFlags } from "./run-push";

export interface Source {
  /** Of the request, without what every push may have. */
  body: { package?: string } & Record<string, unknown>;
  /** `Sent 3 files (1.2 kB)`. */
  told: string;
  /** As they stand in the request. */
  files: readonly FoundFile[];
}

export interface DescribeOptions {
  session: Session;
  folder: string | undefined;
  flags: PushFlags;
}

/** Throws a usage error for flags that don't go together, and what reading the source throws. */
export async function describeSource(options: DescribeOptions): Promise<Source> {
  const { folder, flags } = options;
  const given = [
    ...(folder === undefined ? [] : [`the folder ${folder}`]),
    ...(flags.prompt === undefined ? [] : ["--prompt"]),
    ...(flags.git === undefined ? [] : ["--git"]),
  ];
  if (given.length > 1) throw usageError(`${given.join(" and ")} can't be pushed together.`, "Push a folder, or --prompt, or --git");
  if (flags.prompt === undefined && flags.template !== undefined) throw usageError("--template is the form of a contract in words.", "Give it with --prompt");
  if (flags.prompt !== undefined) return describePrompt({ prompt: flags.prompt, flags });
  return flags.git === undefined ? describeFolder(options) : describeGit({ ...options, url: flags.git });
}

/** The server chooses the package where none is named: after what the contract is called. */
function describePrompt(options: { prompt: string; flags: PushFlags }): Source {
  const { prompt, flags } = options;
  if (flags.kind !== undefined && flags.kind !== "contract") throw usageError(`--prompt makes a contract, not a ${flags.kind}.`, "Leave --kind out");
  for (const name of ["commit", "ref"] as const) {
    if (typeof flags[name] === "string") throw usageError(`--${name} belongs to files: a contract in words has none.`, `Leave --${name} out`);
  }
  return {
    body: {
      prompt,
      chains: flags.chain ?? [],
      ...(flags.confirmMainnet === undefined ? {} : { confirm_mainnet: flags.confirmMainnet }),
      ...(flags.template === undefined ? {} : { template: flags.template }),
      ...(flags.package === undefined ? {} : { package: flags.package }),
      ...(flags.option === undefined ? {} : { options: flags.option }),
    },
    told: "Sent the prompt",
    files: [],
  };
}

async function describeGit(options: DescribeOptions & { url: string }): Promise<Source> {
  const { session, flags, url } = options;
  if (typeof flags.commit === "string") throw usageError("--commit can't be given with --git: the commit is that which is fetched.", "Choose it with --ref, which takes a branch, a tag or a full commit id");
  const name = await choosePackage({ api: session.api, given: flags.package, called: () => Promise.resolve(nameOfRepository(url)) });
  const kind = flags.kind ?? (await findKind({ api: session.api, name }));
  if (kind === undefined) throw new CommandError(`${name} does not exist yet, and what kind of package the repository holds is not known before it is fetched.`, { exitCode: EXIT.usage, code: "usage", fix: "Say it: --kind circuit or --kind contract" });
  return {
    body: { kind, package: name, ...withChains({ kind, flags }), git: { url, ...(typeof flags.ref === "string" ? { ref: flags.ref } : {}) } },
    told: `Fetched ${url}`,
    files: [],
  };
}

async function describeFolder(options: DescribeOptions): Promise<Source> {
  const { session, flags, folder = "." } = options;
  const { terminal, api } = session;
  const { files, totalBytes, warnings } = await collectFiles({ folder });
  for (const warning of warnings) terminal.note(terminal.notePaint("yellow", warning));
  const name = await choosePackage({ api, given: flags.package, called: () => nameOfFolder(folder) });
  const kind = flags.kind ?? (await findKind({ api, name })) ?? (await guessKind({ files }));
  const git = await chooseGitFields({ session, folder, flags });
  return {
    body: { kind, package: name, ...git, ...withChains({ kind, flags }), files: await encodeFiles({ files }) },
    told: `Sent ${countOf(files.length, "file")} (${formatBytes(totalBytes)})`,
    files,
  };
}

/** Chains are an option of the pipeline of contracts. */
function withChains(options: { kind: string; flags: PushFlags }): { options?: Record<string, unknown> } {
  const { kind, flags } = options;
  if (flags.chain === undefined && flags.confirmMainnet === undefined) return flags.option === undefined ? {} : { options: flags.option };
  if (kind !== "contract") throw usageError(`A ${kind} goes to no chain.`, "Leave --chain and --confirm-mainnet out, or say --kind contract");
  return { options: { ...flags.option, ...(flags.chain === undefined ? {} : { chains: flags.chain }), ...(flags.confirmMainnet === undefined ? {} : { confirm_mainnet: flags.confirmMainnet }) } };
}

async function chooseGitFields(options: { session: Session; folder: string; flags: PushFlags }): Promise<{ commit_sha?: string; ref?: string }> {
  const { session, folder, flags } = options;
  const known = typeof flags.commit === "string" && typeof flags.ref === "string";
  const git = known ? undefined : await readGitFacts({ folder });
  const commit = flags.commit === false ? undefined : (flags.commit ?? git?.commit);
  const ref = flags.ref === false ? undefined : (flags.ref ?? git?.ref);
  if (flags.commit === undefined && commit !== undefined && git?.dirty === true) {
    session.terminal.note(`The folder differs from commit ${commit.slice(0, 9)}: what is sent is the folder as it is now.`);
  }
  return { ...(commit === undefined ? {} : { commit_sha: commit }), ...(ref === undefined ? {} : { ref }) };
}
