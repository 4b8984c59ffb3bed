/** What owners of a workspace did that others pay for, newest first: who, what, when. For its owners alone. */
import { z } from "zod";
import type { Actor } from "~/domain/actor";
import type { AuditEntryView } from "../../api/schemas/audit";
import type { ServiceContext } from "../context";
import { exactly, pageOf, resolvePaging, type PagingAnswer, type PagingInput } from "../paging";
import { findOwnedWorkspace } from "./find-workspace";

const detailSchema = z.record(z.string(), z.string().nullable());

export interface ListAuditEntriesOptions {
  context: Pick<ServiceContext, "database">;
  actor: Actor;
  /** Slug. */
  workspace: string;
  paging: PagingInput;
}

/** Throws `not_found`, `forbidden` unless the caller owns the workspace, `validation_failed` for paging that can't be. */
export async function listAuditEntries(options: ListAuditEntriesOptions): Promise<PagingAnswer & { entries: AuditEntryView[] }> {
  const { context, actor, workspace } = options;
  const paging = resolvePaging(options.paging);
  const { id: workspaceId } = await findOwnedWorkspace({ context, actor, workspace, to: "see its audit log" });
  const { db } = context.database;
  const [found, total] = await Promise.all([
    db.auditEntry.findMany({
      where: { workspaceId, ...(paging.after === null ? {} : { id: { lt: paging.after } }) },
      orderBy: { id: "desc" },
      take: paging.limit + 1,
      skip: paging.offset,
    }),
    paging.total ?? db.auditEntry.count({ where: { workspaceId } }).then(exactly),
  ]);
  const { rows, answer } = pageOf({ rows: found, paging, total });
  const people = await db.user.findMany({
    where: { id: { in: [...new Set(rows.flatMap((row) => row.actorId ?? []))] } },
    select: { id: true, handle: true, name: true, image: true },
  });
  const byId = new Map(people.map(({ id, ...person }) => [id, person]));
  return {
    entries: rows.map((row) => ({
      entry_id: row.id,
      action: row.action,
      subject: row.subject,
      detail: detailSchema.parse(row.detail),
      actor: byId.get(row.actorId ?? "") ?? null,
      created_at: row.createdAt.toISOString(),
    })),
    ...answer,
  };
}
