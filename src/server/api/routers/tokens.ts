/** Personal access tokens. A token can't make tokens: only the signed-in browser may. */
import { createdToken, createTokenInput, revokeTokenInput, tokensOutput } from "../schemas/account";
import { done } from "../schemas/names";
import { createToken } from "../../services/tokens/create-token";
import { listTokens, toTokenView } from "../../services/tokens/list-tokens";
import { revokeToken } from "../../services/tokens/revoke-token";
import { router, sessionProcedure } from "../trpc";

export const tokensRouter = router({
  list: sessionProcedure
    .output(tokensOutput)
    .query(async ({ ctx }) => ({ tokens: await listTokens({ context: ctx.services, userId: ctx.actor.userId }) })),

  create: sessionProcedure
    .input(createTokenInput)
    .output(createdToken)
    .mutation(async ({ ctx, input }) => {
      const { token, row } = await createToken({
        db: ctx.services.database.db,
        userId: ctx.actor.userId,
        role: ctx.actor.role,
        name: input.name,
        scopes: input.scopes,
        expiresAt: input.expires_at == null ? null : new Date(input.expires_at),
      });
      return { ...toTokenView(row), token };
    }),

  revoke: sessionProcedure
    .input(revokeTokenInput)
    .output(done)
    .mutation(async ({ ctx, input }) => {
      await revokeToken({ context: ctx.services, userId: ctx.actor.userId, tokenId: input.token_id });
      return { ok: true };
    }),
});
