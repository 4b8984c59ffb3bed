/** The caller's workspaces. */
import { listAuditEntriesInput, listAuditEntriesOutput } from "../schemas/audit";
import { listWorkspacesOutput, workspaceDetail, workspaceInput } from "../schemas/package-requests";
import { wholeOf } from "../../services/paging";
import { listAuditEntries } from "../../services/workspaces/list-audit-entries";
import { getWorkspace, listWorkspaces } from "../../services/workspaces/list-workspaces";
import { router, scopedProcedure } from "../trpc";

export const workspacesRouter = router({
  list: scopedProcedure("builds:read")
    .meta({ openapi: { method: "GET", path: "/workspaces", summary: "Workspaces I belong to" } })
    .output(listWorkspacesOutput)
    .query(async ({ ctx }) => {
      const workspaces = await listWorkspaces({ context: ctx.services, actor: ctx.actor });
      return { workspaces, ...wholeOf(workspaces) };
    }),

  get: scopedProcedure("builds:read")
    .meta({ openapi: { method: "GET", path: "/workspaces/{workspace}", summary: "One workspace with its members" } })
    .input(workspaceInput)
    .output(workspaceDetail)
    .query(({ ctx, input }) => getWorkspace({ context: ctx.services, actor: ctx.actor, workspace: input.workspace })),

  auditLog: scopedProcedure("builds:read")
    .meta({ openapi: { method: "GET", path: "/workspaces/{workspace}/audit-log", summary: "Who changed what its deployments are paid with" } })
    .input(listAuditEntriesInput)
    .output(listAuditEntriesOutput)
    .query(({ ctx, input: { workspace, ...paging } }) => listAuditEntries({ context: ctx.services, actor: ctx.actor, workspace, paging })),
});
