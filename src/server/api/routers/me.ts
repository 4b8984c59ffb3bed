/** The caller: who they are, their password and their signed-in browsers. */
import { changePasswordInput, meOutput, revokeSessionInput, sessionsOutput, updateMeInput, userView } from "../schemas/account";
import { done } from "../schemas/names";
import { changePassword } from "../../services/users/change-password";
import { listSessions, revokeSession } from "../../services/users/manage-sessions";
import { updateProfile } from "../../services/users/update-profile";
import { summarizeIsolation } from "../../services/workers/summarize-isolation";
import { publicProcedure, router, sessionProcedure } from "../trpc";

export const meRouter = router({
  get: publicProcedure
    .meta({ openapi: { method: "GET", path: "/me", summary: "Who am I, and what is this server?" } })
    .output(meOutput)
    .query(async ({ ctx }) => {
      const { actor, services, settings } = ctx;
      const [isolation, memberships] = await Promise.all([
        summarizeIsolation({ context: services }),
        actor === null
          ? []
          : services.database.db.membership.findMany({
              where: { userId: actor.userId },
              select: { role: true, workspace: { select: { id: true, slug: true, name: true } } },
              orderBy: { createdAt: "asc" },
            }),
      ]);
      return {
        user:
          actor === null
            ? null
            : { user_id: actor.userId, handle: actor.handle, name: actor.name, email: actor.email, image: actor.image, role: actor.role },
        workspaces: memberships.map(({ role, workspace }) => ({ workspace_id: workspace.id, slug: workspace.slug, name: workspace.name, role })),
        signup_open: settings.signupOpen,
        github_enabled: settings.githubEnabled,
        isolation,
        kinds: [...services.pipelines.kinds()],
      };
    }),

  update: sessionProcedure
    .input(updateMeInput)
    .output(userView)
    .mutation(({ ctx, input }) => updateProfile({ context: ctx.services, userId: ctx.actor.userId, name: input.name })),

  changePassword: sessionProcedure
    .input(changePasswordInput)
    .output(done)
    .mutation(async ({ ctx, input }) => {
      await changePassword({
        context: ctx.services,
        userId: ctx.actor.userId,
        currentPassword: input.current_password,
        newPassword: input.new_password,
        sessionId: ctx.sessionId,
      });
      return { ok: true };
    }),

  sessions: sessionProcedure
    .output(sessionsOutput)
    .query(async ({ ctx }) => ({ sessions: await listSessions({ context: ctx.services, userId: ctx.actor.userId, currentId: ctx.sessionId }) })),

  revokeSession: sessionProcedure
    .input(revokeSessionInput)
    .output(done)
    .mutation(async ({ ctx, input }) => {
      await revokeSession({ context: ctx.services, userId: ctx.actor.userId, sessionId: input.session_id });
      return { ok: true };
    }),
});
