import type { Command } from "commander";
import type { GetFlags } from "../artifacts/run-artifacts";
import { BUILD_ARGUMENT } from "../build-argument";
import { withServerFlags, type ServerFlags } from "../server-flags";

const load = async () => {
  const [{ runCommand }, work] = await Promise.all([import("../run-command"), import("../artifacts/run-artifacts")]);
  return { runCommand, ...work };
};

export function addArtifactsCommand(program: Command): void {
  const artifacts = program.command("artifacts").description("what a build made: list it, get it");
  withServerFlags(artifacts.command("list").description("names, sizes and checksums").argument("<build>", BUILD_ARGUMENT)).action(async (reference: string, flags: ServerFlags) => {
    const { runCommand, runArtifactsList } = await load();
    await runCommand(flags, (session) => runArtifactsList({ session, reference }));
  });
  withServerFlags(
    artifacts
      .command("get")
      .description("download and check; what is there already is kept, what broke off is gone on with")
      .argument("<build>", BUILD_ARGUMENT)
      .argument("[name...]", "names, or folders such as boards/; by default all")
      .option("-o, --output <dir>", "the folder to put them into", ".")
      .option("-f, --force", "put them in place of files with other content"),
  ).action(async (reference: string, names: string[], flags: GetFlags) => {
    const { runCommand, runArtifactsGet } = await load();
    await runCommand(flags, (session) => runArtifactsGet({ session, reference, names, flags }));
  });
}
