/**
 * `slipway`: the command line. `scripts/slipway.mjs` runs it with the right Node. Only the code of the command that was asked for
 * is loaded: the help must be there at once, and a command against a server needs none of this installation's parts.
 */
import { Command, CommanderError } from "commander";
import { addClientCommands, CLIENT_HELP } from "./cli/client/commands";
import { EXIT, toDocument, usageError } from "./cli/client/command-error";

/** What the help says of commands that are not loaded for it. */
const OPERATOR_COMMANDS: Readonly<Record<string, string>> = {
  migrate: "bring the database up to date (npm start does it too)",
  doctor: "check every part, and say how to mend what is wrong; exit code 1 when something is",
  user: "accounts",
  token: "API tokens",
  signer: "keys that sign a workspace's deployments to chains",
  retention: "remove old logs, artifacts and unused blobs now, or say what would be removed",
  backup: "copy database, files and secrets into a new folder, while everything runs",
};

/** Exit code of a program whose reader went away (128 + SIGPIPE): `slipway logs … | head` is no error. */
const READER_GONE = 141;
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(READER_GONE);
  throw error;
});

/** Programs get one document on stderr, whatever is wrong: the parser's own words are none. */
const words = process.argv.slice(2);
const json = words.slice(0, words.includes("--") ? words.indexOf("--") : words.length).includes("--json");

const program = new Command("slipway")
  .description("A self-hosted build platform for package releases.")
  .showHelpAfterError("(slipway --help lists every command)")
  .addHelpText("after", CLIENT_HELP)
  .configureOutput(json ? { writeErr: () => undefined } : {})
  .exitOverride();

addClientCommands(program);
program.commandsGroup("Run this installation:");
program
  .command("start")
  .description("run everything, supervised (the same as npm start)")
  .action(async () => {
    await import("./supervisor/main");
  });

const asked = process.argv.slice(2, 4).find((word) => Object.hasOwn(OPERATOR_COMMANDS, word));
if (asked !== undefined && (process.argv[2] === asked || process.argv[2] === "help")) {
  const { addOperatorCommands } = await import("./cli/operator-commands");
  addOperatorCommands(program);
} else {
  for (const [name, description] of Object.entries(OPERATOR_COMMANDS)) program.command(name).description(description);
}

// The bootstrap that started us is gone: nobody waits for the answer.
const leave = (): never => process.exit(1);
process.on("disconnect", leave);

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    // Without --json it has said already what was wrong.
    if (json && error.exitCode !== 0) process.stderr.write(`${JSON.stringify(toDocument(usageError(error.message.replace(/^error: /, "").replaceAll("\n", " "), "slipway --help lists every command")))}\n`);
  } else {
    const { isAppError } = await import("./domain/errors");
    console.error(isAppError(error) ? error.userMessage : error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
process.off("disconnect", leave);
if (process.connected) process.disconnect();
