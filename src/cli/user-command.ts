import { randomBytes } from "node:crypto";
import { InvalidArgumentError, Option, type Command } from "commander";
import { z } from "zod";
import { HANDLE_PATTERN, HANDLE_RULE, isReservedHandle } from "../domain/names";
import { getEnvOrExit } from "../env";
import { createUser } from "../server/services/users/create-user";
import { hashPassword } from "../server/services/users/password-hash";
import { withDatabase } from "./reach-database";

const SHORTEST_PASSWORD = 8;

interface CreateUserFlags {
  email: string;
  handle?: string;
  name?: string;
  password?: string;
  role: "user" | "admin";
}

export function addUserCommand(program: Command): void {
  const user = program.command("user").description("accounts");
  user
    .command("create")
    .description("make an account with its personal workspace; a generated password is printed once")
    .requiredOption("--email <address>", "e-mail address to sign in with", parseEmail)
    .option("--handle <handle>", "name of the account and its workspace; by default made of the e-mail address", parseHandle)
    .option("--name <name>", "the person's name; by default the handle")
    .option("--password <password>", `at least ${SHORTEST_PASSWORD} characters; by default generated`, parsePassword)
    .addOption(new Option("--role <role>", "user or admin").choices(["user", "admin"]).default("user"))
    .action(async (flags: CreateUserFlags) => {
      const password = flags.password ?? randomBytes(15).toString("base64url");
      const handle = flags.handle ?? handleFromEmail(flags.email);
      const passwordHash = await hashPassword(password);
      const created = await withDatabase({
        env: getEnvOrExit(),
        work: ({ db }) => db.$transaction((tx) => createUser({ tx, email: flags.email, handle, name: flags.name ?? handle, passwordHash, role: flags.role })),
      });
      console.log(`e-mail:   ${created.email}\nhandle:   ${created.handle}\nrole:     ${created.role}`);
      if (flags.password === undefined) console.log(`password: ${password}`);
    });
}

export function parseEmail(value: string): string {
  const parsed = z.email().safeParse(value.trim().toLowerCase());
  if (!parsed.success) throw new InvalidArgumentError("It is not an e-mail address such as ada@example.com.");
  return parsed.data;
}

function parsePassword(value: string): string {
  if (value.length < SHORTEST_PASSWORD) throw new InvalidArgumentError(`It is shorter than ${SHORTEST_PASSWORD} characters.`);
  return value;
}

function parseHandle(value: string): string {
  if (!HANDLE_PATTERN.test(value)) throw new InvalidArgumentError(`It ${HANDLE_RULE}.`);
  if (isReservedHandle(value)) throw new InvalidArgumentError("It is reserved. Choose another.");
  return value;
}

/** `Ada.Lovelace@example.com` → `ada-lovelace`. */
export function handleFromEmail(email: string): string {
  const local = (email.split("@")[0] ?? "").toLowerCase().replace(/[^a-z0-9]+/g, "-").slice(0, 39).replace(/^-+|-+$/g, "");
  return local === "" || isReservedHandle(local) ? `user-${local}`.replace(/-+$/, "").slice(0, 39) : local;
}
