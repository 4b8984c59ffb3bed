/**
 * Keys of a workspace that sign its deployments. Owners set them; what comes back of one is its address, never the key.
 * A chain names the signer it wants, so each workspace pays with its own.
 */
import { privateKeyToAddress } from "viem/accounts";
import { parsePrivateKey, signerSecretName, SIGNER_NAME, SIGNER_RULE } from "~/chains";
import type { Actor } from "~/domain/actor";
import { invalidField, notFound } from "~/domain/errors";
import { createId } from "~/domain/ids";
import type { Tx } from "../../db/client";
import type { ServiceContext } from "../context";
import { findOwnedWorkspace } from "../workspaces/find-workspace";

export interface Signer {
  name: string;
  /** Null when the key can't be opened any more: it was kept under another secret. */
  address: string | null;
  updated_at: string;
}

type SignerContext = Pick<ServiceContext, "database" | "secretBox">;
type ByOwner = { context: SignerContext; actor: Actor; workspace: string };
/** Whose hand it was, for the audit log. */
type By = { actorId: string | null; requestId: string | null };

const PREFIX = signerSecretName("");
const OWNERS_MAY = "see and set its signers";

/** Throws `not_found`, `forbidden` unless the caller owns the workspace, `validation_failed` for a name or key that is none. */
export async function setSigner(options: ByOwner & { name: string; privateKey: string; requestId: string | null }): Promise<Signer> {
  const { context, actor, name, privateKey, requestId } = options;
  const { id } = await findOwnedWorkspace({ ...options, to: OWNERS_MAY });
  return keepSigner({ context, workspaceId: id, name, privateKey, by: { actorId: actor.userId, requestId } });
}

/** The same without a caller: for the command line of whoever runs the installation. */
export async function keepSigner(options: { context: SignerContext; workspaceId: string; name: string; privateKey: string; by?: By }): Promise<Signer> {
  const { context, workspaceId, by = { actorId: null, requestId: null } } = options;
  if (!SIGNER_NAME.test(options.name)) throw invalidField("name", `${SIGNER_RULE}.`);
  const key = parsePrivateKey(options.privateKey);
  if (key === null) throw invalidField("private_key", "must be a private key: 64 hex digits, with or without 0x before them.");
  const name = signerSecretName(options.name);
  const ciphertext = context.secretBox.seal({ workspaceId, name, value: key });
  const address = privateKeyToAddress(key);
  const where = { workspaceId_name: { workspaceId, name } };
  return context.database.db.$transaction(async (tx) => {
    const before = await tx.secret.findUnique({ where });
    const row = await tx.secret.upsert({ where, create: { id: createId("secret"), workspaceId, name, ciphertext }, update: { ciphertext } });
    await noteInAudit({ tx, workspaceId, by, action: "signer.set", name: options.name, detail: { address, replaced: before === null ? null : readAddress(context, before) } });
    return { name: options.name, address, updated_at: row.updatedAt.toISOString() };
  });
}

/** Throws `not_found`, `forbidden`. */
export async function listSigners(options: ByOwner): Promise<Signer[]> {
  const { id: workspaceId } = await findOwnedWorkspace({ ...options, to: OWNERS_MAY });
  const rows = await options.context.database.db.secret.findMany({ where: { workspaceId, name: { startsWith: PREFIX } }, orderBy: { name: "asc" } });
  return rows.map((row) => ({ name: row.name.slice(PREFIX.length), address: readAddress(options.context, row), updated_at: row.updatedAt.toISOString() }));
}

/** Throws `not_found`, `forbidden`. */
export async function removeSigner(options: ByOwner & { name: string; requestId: string | null }): Promise<void> {
  const { context, actor, name, requestId } = options;
  const { id } = await findOwnedWorkspace({ ...options, to: OWNERS_MAY });
  const forgotten = await forgetSigner({ context, workspaceId: id, name, by: { actorId: actor.userId, requestId } });
  if (!forgotten) throw notFound(`Signer ${name}`);
}

/** The same without a caller. False: there is none of the name. */
export async function forgetSigner(options: { context: SignerContext; workspaceId: string; name: string; by?: By }): Promise<boolean> {
  const { context, workspaceId, name, by = { actorId: null, requestId: null } } = options;
  return context.database.db.$transaction(async (tx) => {
    const row = await tx.secret.findUnique({ where: { workspaceId_name: { workspaceId, name: signerSecretName(name) } } });
    if (row === null) return false;
    const { count } = await tx.secret.deleteMany({ where: { id: row.id } });
    // Of two who remove it at once, one did.
    if (count === 0) return false;
    await noteInAudit({ tx, workspaceId, by, action: "signer.remove", name, detail: { address: readAddress(context, row) } });
    return true;
  });
}

/** Names of the signers that any of the workspaces has. */
export async function listSignerNames(options: { context: Pick<ServiceContext, "database">; workspaceIds: readonly string[] }): Promise<Set<string>> {
  const rows = await options.context.database.db.secret.findMany({ where: { workspaceId: { in: [...options.workspaceIds] }, name: { startsWith: PREFIX } }, select: { name: true } });
  return new Set(rows.map((row) => row.name.slice(PREFIX.length)));
}

/** Addresses at most: what is in the audit log is there to be read. */
async function noteInAudit(options: { tx: Tx; workspaceId: string; by: By; action: "signer.set" | "signer.remove"; name: string; detail: Record<string, string | null> }): Promise<void> {
  const { tx, workspaceId, by, action, name, detail } = options;
  await tx.auditEntry.create({ data: { id: createId("audit"), workspaceId, ...by, action, subject: name, detail } });
}

function readAddress(context: SignerContext, row: { workspaceId: string; name: string; ciphertext: Uint8Array }): string | null {
  try {
    const key = parsePrivateKey(context.secretBox.open(row));
    return key === null ? null : privateKeyToAddress(key);
  } catch {
    return null;
  }
}
