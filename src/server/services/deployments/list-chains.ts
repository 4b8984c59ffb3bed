/** The chains that a contract can be deployed to, as the caller may know them: no RPC address, no key. */
import type { Actor } from "~/domain/actor";
import type { ChainView } from "../../api/schemas/chains";
import type { ServiceContext } from "../context";
import { listSignerNames } from "../secrets/signers";
import { listVisibleWorkspaceIds } from "../workspaces/find-workspace";

/** `workspace`: whose signers count; default: any that the caller belongs to. Throws `not_found` for one they don't. */
export async function listChains(options: { context: ServiceContext; actor: Actor | null; workspace?: string }): Promise<ChainView[]> {
  const { context, actor, workspace } = options;
  const workspaceIds = actor === null ? [] : await listVisibleWorkspaceIds({ context, actor, workspace });
  const signers = await listSignerNames({ context, workspaceIds });
  return Promise.all(
    context.chains.list().map(async (chain) => ({
      chain_id: chain.id,
      name: chain.name,
      testnet: chain.testnet,
      unit: chain.unit,
      embedded: chain.rpc.kind === "embedded",
      explorer_url: chain.explorerUrl,
      available: await context.chains.isAvailable(chain.id),
      has_signer: chain.signer === null || signers.has(chain.signer),
      signer: chain.signer,
    })),
  );
}
