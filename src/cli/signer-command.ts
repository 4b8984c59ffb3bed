/** Keys that sign deployments, by the command line. A key comes on stdin: arguments are in every process list and history. */
import { text } from "node:stream/consumers";
import { InvalidArgumentError, type Command } from "commander";
import { SIGNER_NAME, SIGNER_RULE, signerSecretName } from "../chains";
import { getEnvOrExit, type Env } from "../env";
import type { Database } from "../server/db/client";
import { createSecretBox } from "../server/services/secrets/secret-box";
import { forgetSigner, keepSigner } from "../server/services/secrets/signers";
import { readOrMakeSecret } from "../supervisor/kept-secret";
import { withDatabase } from "./reach-database";

interface SignerFlags {
  workspace: string;
  name: string;
}

export function addSignerCommand(program: Command): void {
  const signer = program.command("signer").description("keys that sign a workspace's deployments to chains");
  signer
    .command("set")
    .description("keep a private key, encrypted; it is read from stdin: slipway signer set --workspace acme --name deployer < key.txt")
    .requiredOption("--workspace <slug>", "the workspace that deploys with it")
    .requiredOption("--name <name>", "what chains.json calls it", parseName)
    .action(async (flags: SignerFlags) => {
      const privateKey = (await text(process.stdin)).trim();
      const env = getEnvOrExit();
      const kept = await withDatabase({
        env,
        work: async (database) => keepSigner({ context: { database, secretBox: createSecretBox({ secret: await secretOf(env) }) }, workspaceId: await findWorkspaceId(database, flags.workspace), name: flags.name, privateKey }),
      });
      console.log(`signer:  ${kept.name}\naddress: ${kept.address ?? ""}`);
    });
  signer
    .command("list")
    .description("names of a workspace's signers")
    .requiredOption("--workspace <slug>", "the workspace")
    .action(async (flags: Pick<SignerFlags, "workspace">) => {
      const names = await withDatabase({
        env: getEnvOrExit(),
        work: async (database) => {
          const rows = await database.db.secret.findMany({ where: { workspaceId: await findWorkspaceId(database, flags.workspace), name: { startsWith: signerSecretName("") } }, orderBy: { name: "asc" } });
          return rows.map((row) => row.name.slice(signerSecretName("").length));
        },
      });
      for (const name of names) console.log(name);
    });
  signer
    .command("remove")
    .description("forget a key")
    .requiredOption("--workspace <slug>", "the workspace")
    .requiredOption("--name <name>", "the signer", parseName)
    .action(async (flags: SignerFlags) => {
      const env = getEnvOrExit();
      const forgotten = await withDatabase({
        env,
        work: async (database) => forgetSigner({ context: { database, secretBox: createSecretBox({ secret: await secretOf(env) }) }, workspaceId: await findWorkspaceId(database, flags.workspace), name: flags.name }),
      });
      if (!forgotten) throw new Error(`The workspace ${flags.workspace} has no signer "${flags.name}".`);
      console.log(`removed: ${flags.name}`);
    });
}

function parseName(value: string): string {
  if (!SIGNER_NAME.test(value)) throw new InvalidArgumentError(`It ${SIGNER_RULE}.`);
  return value;
}

async function findWorkspaceId(database: Database, slug: string): Promise<string> {
  const found = await database.db.workspace.findUnique({ where: { slug }, select: { id: true } });
  if (found === null) throw new Error(`There is no workspace "${slug}".`);
  return found.id;
}

/** The secret that the running processes use: given, or the one that the supervisor keeps. */
async function secretOf(env: Env): Promise<string> {
  return env.secretKey ?? env.authSecret ?? readOrMakeSecret({ dataDir: env.dataDir, name: "auth-secret" });
}
