/** `slipway`: the command line. `scripts/slipway.mjs` runs it with the right Node. */
import { Command } from "commander";
import { addDoctorCommand } from "./cli/doctor-command";
import { addMigrateCommand } from "./cli/migrate-command";
import { addTokenCommand } from "./cli/token-command";
import { addUserCommand } from "./cli/user-command";
import { AppError } from "./domain/errors";

const program = new Command("slipway").description("A self-hosted build platform for package releases.").showHelpAfterError("(slipway --help lists every command)");

program
  .command("start")
  .description("run everything, supervised (the same as npm start)")
  .action(async () => {
    await import("./supervisor/main");
  });
addMigrateCommand(program);
addDoctorCommand(program);
addUserCommand(program);
addTokenCommand(program);

// The bootstrap that started us is gone: nobody waits for the answer.
const leave = (): never => process.exit(1);
process.on("disconnect", leave);

try {
  await program.parseAsync();
} catch (error) {
  console.error(error instanceof AppError ? error.userMessage : error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
process.off("disconnect", leave);
if (process.connected) process.disconnect();
