import { Option, type Command } from "commander";
import { addChain, addLabel, addOption } from "../push/parse-pairs";
import type { PushFlags } from "../push/run-push";
import { withServerFlags } from "../server-flags";

export function addPushCommand(program: Command): void {
  withServerFlags(
    program
      .command("push")
      .description("send a folder, a git address or a prompt as a release, follow its build; exit code: the build's")
      .argument("[dir]", "the folder; .gitignore and .slipwayignore in it are kept to, .git and node_modules never sent (default: this one)")
      .option("-p, --package <ws/name>", "the package, made where there is none (else your workspace and the name in package.json or of the folder)")
      .addOption(new Option("-k, --kind <kind>", "circuit, contract, python, function or project (else the package's own, else told from the files)"))
      .option("--version <version>", "the release's version (else the next one)")
      .option("-l, --label <key=value>", "a label of the package; may be repeated", addLabel)
      .option("-o, --option <key=value>", "an option of the pipeline, as JSON or text; may be repeated", addOption)
      .addOption(new Option("--visibility <who>", "of a package that is made by this push (else private)").choices(["private", "public"]))
      .option("--git <url>", "instead of a folder: a public repository, which the server fetches; --ref chooses branch, tag or commit")
      .option("--prompt <text>", "instead of a folder: a contract in words; --option name=value overrides what it says")
      .option("--template <name>", "with --prompt: the form of contract, where the words leave it open")
      .option("--chain <id>", "deploy the contract to this chain; may be repeated", addChain)
      .option("--confirm-mainnet <id>", "a chain among them where deploying costs real money; may be repeated", addChain)
      .option("--commit <sha>", "the commit it is made from (else git's)")
      .option("--no-commit", "name no commit")
      .option("--ref <name>", "the branch or tag it is made from (else git's)")
      .option("--no-ref", "name no branch or tag")
      .option("--no-follow", "do not wait for the build: print its name and end"),
  ).action(async (folder: string | undefined, flags: PushFlags) => {
    const [{ runCommand }, { runPush }] = await Promise.all([import("../run-command"), import("../push/run-push")]);
    await runCommand(flags, (session) => runPush({ session, folder, flags }));
  });
}
