/** The commands of whoever runs this installation: they work on its database and data folder, with the server's own configuration. */
import type { Command } from "commander";
import { addBackupCommand } from "./backup-command";
import { addDoctorCommand } from "./doctor-command";
import { addMigrateCommand } from "./migrate-command";
import { addRetentionCommand } from "./retention-command";
import { addSignerCommand } from "./signer-command";
import { addTokenCommand } from "./token-command";
import { addUserCommand } from "./user-command";

export function addOperatorCommands(program: Command): void {
  addMigrateCommand(program);
  addDoctorCommand(program);
  addUserCommand(program);
  addTokenCommand(program);
  addSignerCommand(program);
  addRetentionCommand(program);
  addBackupCommand(program);
}
