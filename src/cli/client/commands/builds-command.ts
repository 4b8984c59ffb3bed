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
      .option("-k, --kind <kind>", "only of this kind")
      .option("--trigger <trigger>", "only started by push, rebuild, api or files_changed")
      .option("--ref <name>", "only of this branch or tag")
      .option("--after <time>", "only created after this time, such as 2026-11-21 or 2026-11-21T09:30:00Z", parseTime)
      .option("--before <time>", "only created before this time", parseTime)
      .option("-q, --query <text>", "only with this text in package, version, commit, branch, error or id")
      .option("-n, --limit <count>", "at most this many, 1 to 100", parseLimit, 20)
      .option("--cursor <cursor>", "go on where the page before ended: its next_cursor"),
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

/** A date alone is its first moment in UTC. */
function parseTime(value: string): string {
  const time = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$/.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(time)) throw new InvalidArgumentError("Write a date or a time, such as 2026-11-21 or 2026-11-21T09:30:00Z.");
  return new Date(time).toISOString();
}
