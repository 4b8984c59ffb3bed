import { InvalidArgumentError, type Command } from "commander";
import { TOKEN_SCOPES, type TokenScope } from "../domain/actor";
import { AppError } from "../domain/errors";
import { getEnvOrExit } from "../env";
import { createToken } from "../server/services/tokens/create-token";
import { makeFirstAdmin } from "../supervisor/make-first-admin";
import { withDatabase } from "./reach-database";
import { parseEmail } from "./user-command";

interface CreateTokenFlags {
  user?: string;
  name: string;
  scopes: TokenScope[];
  expires?: Date;
}

const DAY_MS = 86_400_000;

export function addTokenCommand(program: Command): void {
  const token = program.command("token").description("API tokens");
  token
    .command("create")
    .description("make an API token and print it, alone, on stdout; it can't be shown again")
    .option("--user <email>", "whose token; by default the first admin's", parseEmail)
    .option("--name <name>", "what it is for", "command line")
    .requiredOption("--scopes <scopes>", `comma-separated: ${TOKEN_SCOPES.join(",")}`, parseScopes)
    .option("--expires <when>", "a date such as 2030-01-31, or days such as 90d; by default never", parseExpiry)
    .action(async (flags: CreateTokenFlags) => {
      const env = getEnvOrExit();
      const { token: secret } = await withDatabase({
        env,
        work: async ({ db }, databaseUrl) => {
          const email = flags.user ?? (await makeFirstAdmin({ databaseUrl, dataDir: env.dataDir, email: env.admin.email, password: env.admin.password })).email;
          const owner = await db.user.findUnique({ where: { email }, select: { id: true, role: true } });
          if (owner === null) throw new AppError("not_found", { userMessage: `There is no account with the e-mail address ${email}. Make it first: slipway user create --email ${email}` });
          return createToken({ db, userId: owner.id, role: owner.role, name: flags.name, scopes: flags.scopes, expiresAt: flags.expires ?? null });
        },
      });
      process.stdout.write(`${secret}\n`);
    });
}

export function parseScopes(value: string): TokenScope[] {
  return value.split(",").filter((word) => word.trim() !== "").map((word) => {
    const scope = TOKEN_SCOPES.find((known) => known === word.trim());
    if (scope === undefined) throw new InvalidArgumentError(`"${word.trim()}" is not a scope. There are: ${TOKEN_SCOPES.join(", ")}.`);
    return scope;
  });
}

export function parseExpiry(value: string, _previous?: unknown, now = Date.now()): Date {
  const days = /^(\d{1,5})d$/.exec(value)?.[1];
  const when = days === undefined ? new Date(/^\d{4}-\d{2}-\d{2}/.test(value) ? value : Number.NaN) : new Date(now + Number(days) * DAY_MS);
  if (Number.isNaN(when.getTime())) throw new InvalidArgumentError("It is neither a date such as 2030-01-31 nor days such as 90d.");
  if (when.getTime() <= now) throw new InvalidArgumentError("It is in the past.");
  return when;
}
