/** `POST /builds/{id}/deploy`: adds chains to a contract's release, or tries failed ones again, without building again. */
import { z } from "zod";
import { signerSecretName, unknownChain } from "~/chains";
import type { Actor } from "~/domain/actor";
import { AppError, invalidField } from "~/domain/errors";
import type { Prisma } from "../../db/generated/client";
import { createBuild, type NewBuild } from "../builds/create-build";
import { findBuild } from "../builds/find-build";
import type { ServiceContext } from "../context";
import { requireWritable } from "../packages/find-package";

export interface DeployBuildOptions {
  context: ServiceContext;
  actor: Actor;
  buildId: string;
  chainIds: readonly number[];
  /** Main networks among them that the caller confirms. */
  confirmMainnet: readonly number[];
  requestId: string | null;
}

const storedChains = z.looseObject({ chains: z.array(z.number()).default([]) });

/**
 * Makes a new build of the release in which all that did not change is reused, lanes that are live among it. Throws `not_found`,
 * `forbidden`, `build_in_progress`, `validation_failed` (not a contract, unknown chain), `mainnet_not_confirmed`, `no_signer`.
 */
export async function deployBuild(options: DeployBuildOptions): Promise<NewBuild & { releaseId: string }> {
  const { context, actor, buildId, requestId } = options;
  const build = await findBuild({ context, actor, build: { build_id: buildId } });
  await requireWritable({ db: context.database.db, actor, packageId: build.packageId, what: "build" });
  if (build.kind !== "contract") throw invalidField("build_id", `is a build of a ${build.kind} package; only contracts are deployed to chains.`);
  await checkChains({ ...options, workspaceId: build.workspaceId });

  const created = await context.database.db.$transaction(async (tx) => {
    const [release] = await tx.$queryRaw<{ options: Prisma.JsonValue }[]>`SELECT options FROM release WHERE id = ${build.releaseId} FOR UPDATE`;
    const running = await tx.build.findFirst({ where: { releaseId: build.releaseId, status: { in: ["pending", "building"] } }, select: { number: true } });
    if (running !== null) {
      throw new AppError("build_in_progress", { userMessage: `Build #${running.number} of this release is under way. Wait for it or cancel it first.` });
    }
    const stored = storedChains.parse(release?.options ?? {});
    // One that is configured no more can be neither asked nor deployed to, and would fail this build and every later one.
    const before = { ...stored, chains: stored.chains.filter((chainId) => context.chains.get(chainId) !== undefined) };
    const merged = mergeChains({ before, ...options });
    const parsed = context.pipelines.get("contract")?.options.safeParse(merged);
    if (parsed?.success === false) throw invalidField("chain_ids", `${parsed.error.issues[0]?.message ?? "don't fit the release's options."} The release has ${before.chains.length} already.`);
    await tx.release.update({ where: { id: build.releaseId }, data: { options: merged } });
    return createBuild({ context, tx, releaseId: build.releaseId, trigger: actor.via === "token" ? "api" : "rebuild", requestedBy: actor.userId, requestId });
  });
  context.kickOutbox();
  return { ...created, releaseId: build.releaseId };
}

function mergeChains(options: { before: z.infer<typeof storedChains>; chainIds: readonly number[]; confirmMainnet: readonly number[] }): Prisma.InputJsonObject {
  const { before, chainIds, confirmMainnet } = options;
  const confirmed = [...new Set(confirmMainnet)];
  return JSON.parse(JSON.stringify({ ...before, chains: [...new Set([...before.chains, ...chainIds])], ...(confirmed.length === 0 ? {} : { confirm_mainnet: confirmed }) }));
}

/** What would fail anyway is said at once. */
async function checkChains(options: DeployBuildOptions & { workspaceId: string }): Promise<void> {
  const { context, chainIds, confirmMainnet, workspaceId } = options;
  const confirmed = new Set(confirmMainnet);
  for (const [index, chainId] of chainIds.entries()) {
    const chain = context.chains.get(chainId);
    if (chain === undefined) throw invalidField(`chain_ids.${index}`, unknownChain(chainId, context.chains.list()).message);
    if (!chain.testnet && !confirmed.has(chainId)) {
      throw new AppError("mainnet_not_confirmed", {
        userMessage: `${chain.name} is a main network, where deployments cost real money. Add ${chainId} to confirm_mainnet to go on.`,
        fields: [{ path: `chain_ids.${index}`, message: `must be confirmed: add ${chainId} to confirm_mainnet.` }],
      });
    }
    if (chain.signer === null) continue;
    const signers = await context.database.db.secret.count({ where: { workspaceId, name: signerSecretName(chain.signer) } });
    if (signers === 0) {
      throw new AppError("no_signer", {
        userMessage: `${chain.name} needs the signer "${chain.signer}", which this workspace has not. An owner sets it in the workspace, or an admin by the command line.`,
        fields: [{ path: `chain_ids.${index}`, message: `needs the signer "${chain.signer}".` }],
      });
    }
  }
}
