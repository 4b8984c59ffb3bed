import { Option, type Command } from "commander";
import { BUILD_ARGUMENT } from "../build-argument";
import type { DeployFlags, LogsFlags, RebuildFlags } from "../builds/run-build-commands";
import { addChain, addWord } from "../push/parse-pairs";
import { withServerFlags, type ServerFlags } from "../server-flags";

const load = async () => {
  const [{ runCommand }, work] = await Promise.all([import("../run-command"), import("../builds/run-build-commands")]);
  return { runCommand, ...work };
};

export function addLogsCommand(program: Command): void {
  withServerFlags(
    program
      .command("logs")
      .description("print a build's log; with -f until it is over, and then the exit code is the build's")
      .argument("<build>", BUILD_ARGUMENT)
      .option("-f, --follow", "go on with what comes until the build is over")
      .option("--stage <stage>", "only this stage's; may be repeated", addWord),
  ).action(async (reference: string, flags: LogsFlags) => {
    const { runCommand, runLogs } = await load();
    await runCommand(flags, (session) => runLogs({ session, reference, flags }));
  });
}

export function addCancelCommand(program: Command): void {
  withServerFlags(program.command("cancel").description("cancel a build; ends when nothing of it runs any more").argument("<build>", BUILD_ARGUMENT)).action(async (reference: string, flags: ServerFlags) => {
    const { runCommand, runCancel } = await load();
    await runCommand(flags, (session) => runCancel({ session, reference }));
  });
}

export function addRebuildCommand(program: Command): void {
  withServerFlags(
    program
      .command("rebuild")
      .description("build the same release again and follow it; exit code: the build's")
      .argument("<build>", BUILD_ARGUMENT)
      .addOption(new Option("--mode <mode>", "stale: what no longer fits its files and tools; failed: what failed; all: everything").choices(["stale", "failed", "all"]).default("stale"))
      .option("--stage <stage>", "only this stage and what it needs; may be repeated", addWord)
      .option("--no-follow", "do not wait for the build: print its name and end"),
  ).action(async (reference: string, flags: RebuildFlags) => {
    const { runCommand, runRebuild } = await load();
    await runCommand(flags, (session) => runRebuild({ session, reference, flags }));
  });
}

export function addDeployCommand(program: Command): void {
  withServerFlags(
    program
      .command("deploy")
      .description("put a contract that was built on more chains, or try again where it failed, and follow it; exit code: the build's")
      .argument("<build>", BUILD_ARGUMENT)
      .requiredOption("--chain <id>", "the chain's number (see slipway chains); may be repeated", addChain)
      .option("--confirm-mainnet <id>", "a chain among them where deploying costs real money; may be repeated", addChain)
      .option("--no-follow", "do not wait for the build: print its name and end"),
  ).action(async (reference: string, flags: DeployFlags) => {
    const { runCommand, runDeploy } = await load();
    await runCommand(flags, (session) => runDeploy({ session, reference, flags }));
  });
}

export function addChainsCommand(program: Command): void {
  withServerFlags(program.command("chains").description("the chains that contracts can be deployed to").option("-w, --workspace <name>", "whose keys count (else those of any workspace of yours)")).action(async (flags: ServerFlags & { workspace?: string }) => {
    const [{ runCommand }, { runChains }] = await Promise.all([import("../run-command"), import("../builds/run-chains")]);
    await runCommand(flags, (session) => runChains({ session, workspace: flags.workspace }));
  });
}

export function addOpenCommand(program: Command): void {
  withServerFlags(program.command("open").description("print the address of a build's or a package's page, and open it in a browser where there is one").argument("[what]", "ws/name, ws/name#12, ws/name#latest or a build's id; by default the start page")).action(
    async (what: string | undefined, flags: ServerFlags) => {
      const [{ runCommand }, { runOpen }] = await Promise.all([import("../run-command"), import("../builds/run-open")]);
      await runCommand(flags, (session) => runOpen({ session, what }));
    },
  );
}
