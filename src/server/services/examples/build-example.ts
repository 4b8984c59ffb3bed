/** Pushes an example into the caller's own workspace. */
import type { Actor } from "~/domain/actor";
import { notFound } from "~/domain/errors";
import type { NewBuild } from "../builds/create-build";
import { submitFiles } from "../builds/submit-build";
import type { ServiceContext } from "../context";
import { listExamples } from "./list-examples";

/** A new release each time. Throws `not_found` for an unknown slug or a caller without a personal workspace. */
export async function buildExample(options: {
  context: ServiceContext;
  actor: Actor;
  slug: string;
  requestId: string | null;
}): Promise<NewBuild & { releaseId: string }> {
  const { context, actor, slug, requestId } = options;
  const example = listExamples({ context }).find((candidate) => candidate.slug === slug);
  if (example === undefined) throw notFound(`Example ${slug}`);
  const workspace = await context.database.db.workspace.findUnique({ where: { personalUserId: actor.userId }, select: { slug: true } });
  if (workspace === null) throw notFound("Your personal workspace");
  return submitFiles({
    context,
    actor,
    requestId,
    kind: example.kind,
    package: `${workspace.slug}/${example.slug}`,
    files: [...example.files],
    options: example.options === undefined ? undefined : { ...example.options },
  });
}
