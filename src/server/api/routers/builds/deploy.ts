/** Puts a contract that was built on more chains, or tries again where it failed. */
import { createdBuild } from "../../schemas/builds";
import { deployBuildInput } from "../../schemas/chains";
import { describeCreatedBuild } from "../../../services/builds/created-build";
import { deployBuild } from "../../../services/deployments/deploy-build";
import { scopedProcedure } from "../../trpc";

export const deploy = scopedProcedure("builds:write")
  .meta({ openapi: { method: "POST", path: "/builds/{build_id}/deploy", status: 202, creates: true, summary: "Deploy a contract to more chains, or again where it failed" }, limit: "build" })
  .input(deployBuildInput)
  .output(createdBuild)
  .mutation(async ({ ctx, input }) => {
    const build = await deployBuild({
      context: ctx.services,
      actor: ctx.actor,
      buildId: input.build_id,
      chainIds: input.chain_ids,
      confirmMainnet: input.confirm_mainnet ?? [],
      requestId: ctx.requestId,
    });
    return describeCreatedBuild({ build });
  });
