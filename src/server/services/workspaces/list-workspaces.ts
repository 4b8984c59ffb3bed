/** Workspaces of the caller (an admin: all), the personal one first. */
import type { Actor } from "~/domain/actor";
import type { WorkspaceView } from "../../api/schemas/package-requests";
import type { Prisma } from "../../db/generated/client";
import { visibleWorkspaces } from "../access";
import type { ServiceContext } from "../context";
import { findWorkspace } from "./find-workspace";

function selectFor(actor: Actor) {
  return {
    id: true,
    slug: true,
    name: true,
    personalUserId: true,
    createdAt: true,
    _count: { select: { packages: true } },
    members: { where: { userId: actor.userId }, select: { role: true } },
  } satisfies Prisma.WorkspaceSelect;
}

type Row = Prisma.WorkspaceGetPayload<{ select: ReturnType<typeof selectFor> }>;

export async function listWorkspaces(options: { context: Pick<ServiceContext, "database">; actor: Actor }): Promise<WorkspaceView[]> {
  const { context, actor } = options;
  const rows = await context.database.db.workspace.findMany({ where: visibleWorkspaces(actor), orderBy: { slug: "asc" }, take: 500, select: selectFor(actor) });
  const isMine = (row: Row): number => (row.personalUserId === actor.userId ? 0 : 1);
  return rows.sort((a, b) => isMine(a) - isMine(b)).map(toWorkspaceView);
}

/** One workspace with its members. Throws `not_found`, also for one the caller does not belong to. */
export async function getWorkspace(options: { context: Pick<ServiceContext, "database">; actor: Actor; workspace: string }) {
  const { context, actor } = options;
  const found = await findWorkspace(options);
  const [row, members] = await Promise.all([
    context.database.db.workspace.findUniqueOrThrow({ where: { id: found.id }, select: selectFor(actor) }),
    context.database.db.membership.findMany({
      where: { workspaceId: found.id },
      orderBy: { createdAt: "asc" },
      select: { role: true, user: { select: { handle: true, name: true, image: true } } },
    }),
  ]);
  return { ...toWorkspaceView(row), members: members.map((member) => ({ ...member.user, role: member.role })) };
}

function toWorkspaceView(row: Row): WorkspaceView {
  return {
    workspace_id: row.id,
    slug: row.slug,
    name: row.name,
    role: row.members[0]?.role ?? null,
    personal: row.personalUserId !== null,
    package_count: row._count.packages,
    created_at: row.createdAt.toISOString(),
  };
}
