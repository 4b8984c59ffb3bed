/** Finds workspaces that the caller belongs to (an admin: all). */
import { actsAsAdmin, type Actor } from "~/domain/actor";
import { AppError, notFound } from "~/domain/errors";
import type { Workspace } from "../../db/generated/client";
import { visibleWorkspaces, writableWorkspaces } from "../access";
import type { ServiceContext } from "../context";

type Options = { context: Pick<ServiceContext, "database">; actor: Actor; workspace: string };

/** Throws `not_found`, also for a workspace the caller does not belong to. */
export async function findWorkspace({ context, actor, workspace }: Options): Promise<Workspace> {
  const found = await context.database.db.workspace.findFirst({ where: { AND: [visibleWorkspaces(actor), { slug: workspace }] } });
  if (found === null) throw notFound(`Workspace ${workspace}`);
  return found;
}

/** As `findWorkspace`; throws `forbidden` when the caller is only a viewer. */
export async function findWritableWorkspace(options: Options): Promise<Workspace> {
  const found = await findWorkspace(options);
  const writable = await options.context.database.db.workspace.count({ where: { AND: [writableWorkspaces(options.actor), { id: found.id }] } });
  if (writable === 0) {
    throw new AppError("forbidden", { userMessage: `You are a viewer of ${found.slug} and can't create in it. Ask an owner to make you a member.` });
  }
  return found;
}

/** As `findWorkspace`; throws `forbidden` unless the caller owns it (or is an admin). `to`: what only owners may, for the message. */
export async function findOwnedWorkspace({ to, ...options }: Options & { to: string }): Promise<Workspace> {
  const found = await findWorkspace(options);
  if (actsAsAdmin(options.actor)) return found;
  const owner = await options.context.database.db.membership.count({ where: { workspaceId: found.id, userId: options.actor.userId, role: "owner" } });
  if (owner === 0) throw new AppError("forbidden", { userMessage: `Only owners of ${found.slug} may ${to}. Ask one of them.` });
  return found;
}

/** Ids of the workspace asked for, or of all that the caller belongs to. Throws `not_found` for the one asked for. */
export async function listVisibleWorkspaceIds(options: {
  context: Pick<ServiceContext, "database">;
  actor: Actor;
  workspace?: string;
}): Promise<string[]> {
  const { context, actor, workspace } = options;
  if (workspace !== undefined) return [(await findWorkspace({ context, actor, workspace })).id];
  const rows = await context.database.db.workspace.findMany({ where: visibleWorkspaces(actor), select: { id: true } });
  return rows.map((row) => row.id);
}
