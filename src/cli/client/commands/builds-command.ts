import { InvalidArgumentError, type Command } from "commander";
import type { BuildsFlags } from "../builds/run-builds";
import { addLabel } from "../push/parse-pairs";
import { withServerFlags } from "../server-flags";

export function addBuildsCommand(program: Command): void {
  withServerFlags(
    program
      .command("builds")
      .description("list builds, newest first")
      .option("-p, --package <ws/name>", "only of this package")
      .option("-w, --workspace <name>", "only of this workspace")
      .option("-s, --status <status>", "only pending, building, successful, failed or cancelled ones; several with commas")
      .option("-l, --label <key=value>", "only with this label; may be repeated", addLabel)
      .option("-q, --query <text>", "only with this text in package, version, commit, branch, error or id")
      .option("-n, --limit <count>", "at most this many, 1 to 100", parseLimit, 20),
  ).action(async (flags: BuildsFlags) => {
    const [{ runCommand }, { runBuilds }] = await Promise.all([import("../run-command"), import("../builds/run-builds")]);
    await runCommand(flags, (session) => runBuilds({ session, flags }));
  });
}

function parseLimit(value: string): number {
  const count = /^\d{1,3}$/.test(value) ? Number(value) : 0;
  if (count < 1 || count > 100) throw new InvalidArgumentError("Write a whole number from 1 to 100.");
  return count;
}
