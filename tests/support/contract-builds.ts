/** Releases of contracts on a test's platform: a deployable as a file, chains as options. */
import { createId } from "~/domain/ids";
import { sha256Hex } from "~/domain/fingerprint";
import type { Deployable } from "~/pipelines/contract/deployable";
import type { BuildDetail } from "~/server/api/schemas/builds";
import { createBuild } from "~/server/services/builds/create-build";
import { getBuild } from "~/server/services/builds/get-build";
import { deployBuild } from "~/server/services/deployments/deploy-build";
import { writeManifest } from "~/server/services/releases/file-manifest";
import { keepSigner } from "~/server/services/secrets/signers";
import { DEPLOYABLE_SOURCE } from "./deployment-pipeline";
import type { Platform } from "./platform";

/** Pushes the contract as a package of its own; answers the build's id. */
export async function pushContract(platform: Platform, deployable: Deployable, options: { chains: number[]; confirm_mainnet?: number[] }): Promise<string> {
  const { context, actor } = platform;
  const file = await context.blobs.put(Buffer.from(JSON.stringify(deployable)));
  const filesDigest = await writeManifest({ blobs: context.blobs, manifest: { files: { [DEPLOYABLE_SOURCE]: file } } });
  const workspace = await context.database.db.workspace.findFirstOrThrow({ where: { personalUserId: actor.userId } });
  const { buildId } = await context.database.db.$transaction(async (tx) => {
    const packageId = createId("package");
    await tx.package.create({ data: { id: packageId, workspaceId: workspace.id, name: `contract-${sha256Hex(packageId).slice(0, 8)}`, kind: "contract" } });
    const releaseId = createId("release");
    await tx.release.create({ data: { id: releaseId, packageId, version: "0.1.0", filesDigest, fileCount: 1, totalSize: file.size, createdById: actor.userId, options } });
    return createBuild({ context, tx, releaseId, trigger: "push", requestedBy: actor.userId, requestId: null });
  });
  context.kickOutbox();
  return buildId;
}

export async function deployAgain(platform: Platform, buildId: string, chainIds: number[], confirmMainnet: number[] = []): Promise<string> {
  return (await deployBuild({ context: platform.context, actor: platform.actor, buildId, chainIds, confirmMainnet, requestId: null })).buildId;
}

export async function detailOf(platform: Platform, buildId: string): Promise<BuildDetail> {
  return getBuild({ context: platform.context, actor: platform.actor, build: { build_id: buildId }, tail: 500 });
}

export async function giveSigner(platform: Platform, name: string, privateKey: string): Promise<void> {
  const workspace = await platform.context.database.db.workspace.findFirstOrThrow({ where: { personalUserId: platform.actor.userId } });
  await keepSigner({ context: platform.context, workspaceId: workspace.id, name, privateKey });
}
