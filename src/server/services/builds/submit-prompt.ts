/** `POST /builds {prompt, chains}`: a contract in words becomes a package, a release and a build. */
import type { z } from "zod";
import { unknownChain } from "~/chains";
import type { Actor } from "~/domain/actor";
import { invalidField, isAppError, notFound } from "~/domain/errors";
import { contractFeatures } from "~/pipelines/contract/options";
import { makePackageSlug } from "~/pipelines/contract/package-slug";
import { templateName } from "~/pipelines/contract/spec/schema";
import type { promptBuildFields } from "../../api/schemas/build-requests";
import { visiblePackages } from "../access";
import type { ServiceContext } from "../context";
import { refuse } from "../releases/validate-files";
import { submitFiles, type Submitted } from "./submit-build";

export type PromptRequest = z.infer<z.ZodObject<typeof promptBuildFields>>;

/**
 * Nothing is compiled here, and a prompt that can't be built is not refused here: its build tells why, and stands in the
 * history. Throws what `submitFiles` does, with the fields' names as the caller sent them.
 */
export async function submitPrompt(options: { context: ServiceContext; actor: Actor; requestId: string | null; request: PromptRequest; signal?: AbortSignal }): Promise<Submitted> {
  const { context, actor, requestId, request, signal } = options;
  for (const [index, chain] of request.chains.entries()) {
    if (context.chains.get(chain) === undefined) throw invalidField(`chains.${index}`, unknownChain(chain, context.chains.list()).message);
  }
  const { prompt, template, chains, options: features, confirm_mainnet: confirmMainnet } = request;
  const packageName = request.package ?? (await choosePackage({ context, actor, prompt, template, features }));
  try {
    return await submitFiles({
      context, actor, requestId, signal, kind: "contract", package: packageName,
      visibility: request.visibility, labels: request.labels, version: request.version, files: [],
      options: { prompt, chains, ...(template === undefined ? {} : { template }), ...(features === undefined ? {} : { features }), ...(confirmMainnet === undefined ? {} : { confirm_mainnet: confirmMainnet }) },
    });
  } catch (error) {
    if (isAppError(error) && error.code === "validation_failed" && error.fields.length > 0) refuse(error.fields.map(({ path, message }) => ({ path: renameField(path), message })));
    throw error;
  }
}

/** The release's options have other names than the request's fields: `options.features.cap` was sent as `options.cap`. */
function renameField(path: string): string {
  if (path.startsWith("options.features")) return path.replace("options.features", "options");
  return path.replace(/^options\./, "");
}

/** Called after what it makes, in the caller's own workspace; beside a package of that name and another kind, with a suffix. */
async function choosePackage(options: { context: ServiceContext; actor: Actor; prompt: string; template: string | undefined; features: Record<string, unknown> | undefined }): Promise<string> {
  const { context, actor, prompt } = options;
  const { db } = context.database;
  const workspace = await db.workspace.findUnique({ where: { personalUserId: actor.userId }, select: { id: true, slug: true } });
  if (workspace === null) throw notFound("Your personal workspace");
  // What is wrong with these is told by the check of the whole; here they only help to find a name.
  const template = templateName.safeParse(options.template);
  const features = contractFeatures.safeParse(options.features);
  const slug = makePackageSlug({ prompt, template: template.data, features: features.data });
  const found = await db.package.findFirst({ where: { AND: [visiblePackages(actor), { workspaceId: workspace.id, name: slug }] }, select: { kind: true } });
  return `${workspace.slug}/${found === null || found.kind === "contract" ? slug : `${slug}-contract`}`;
}
