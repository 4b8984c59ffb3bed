/** Chains: where contracts can go, what those that are there answer, and the keys that sign. */
import { contractAnswer, listChainsInput, listChainsOutput, listSignersInput, listSignersOutput, readContractInput, removeSignerInput, setSignerInput, signerView } from "../schemas/chains";
import { done } from "../schemas/names";
import { listChains } from "../../services/deployments/list-chains";
import { readContract } from "../../services/deployments/read-contract";
import { wholeOf } from "../../services/paging";
import { listSigners, removeSigner, setSigner } from "../../services/secrets/signers";
import { publicProcedure, router, sessionProcedure } from "../trpc";
import { understand } from "./contracts/understand";

export const chainsRouter = router({
  list: publicProcedure
    .meta({ openapi: { method: "GET", path: "/chains", summary: "Chains that contracts can be deployed to" } })
    .input(listChainsInput)
    .output(listChainsOutput)
    .query(async ({ ctx, input }) => {
      const chains = await listChains({ context: ctx.services, actor: ctx.actor, workspace: input.workspace });
      return { chains, ...wholeOf(chains) };
    }),
});

export const contractsRouter = router({
  understand,
  read: publicProcedure
    .meta({ openapi: { method: "GET", path: "/builds/{build_id}/contract", summary: "What a deployed contract answers now" } })
    .input(readContractInput)
    .output(contractAnswer)
    .query(({ ctx, input }) =>
      readContract({ context: ctx.services, actor: ctx.actor, buildId: input.build_id, chainId: input.chain_id, contract: input.contract, functionName: input.function, args: input.args }),
    ),
});

/** In the browser only: a stolen token must not be able to change who pays. */
export const signersRouter = router({
  list: sessionProcedure
    .input(listSignersInput)
    .output(listSignersOutput)
    .query(async ({ ctx, input }) => {
      const signers = await listSigners({ context: ctx.services, actor: ctx.actor, workspace: input.workspace });
      return { signers, ...wholeOf(signers) };
    }),
  set: sessionProcedure
    .input(setSignerInput)
    .output(signerView)
    .mutation(({ ctx, input }) => setSigner({ context: ctx.services, actor: ctx.actor, workspace: input.workspace, name: input.name, privateKey: input.private_key, requestId: ctx.requestId })),
  remove: sessionProcedure
    .input(removeSignerInput)
    .output(done)
    .mutation(async ({ ctx, input }) => {
      await removeSigner({ context: ctx.services, actor: ctx.actor, workspace: input.workspace, name: input.name, requestId: ctx.requestId });
      return { ok: true };
    }),
});
