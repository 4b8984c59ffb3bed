/** Finds a build that the caller may see, by id or by its number in a package. */
import type { Actor } from "~/domain/actor";
import { notFound, type AppError } from "~/domain/errors";
import { parsePackageName } from "~/domain/names";
import type { Build } from "../../db/generated/client";
import { visiblePackages } from "../access";
import type { ServiceContext } from "../context";

export type BuildRef = { build_id: string } | { package: string; number: number };

export interface FindBuildOptions {
  context: Pick<ServiceContext, "database">;
  actor: Actor | null;
  build: BuildRef;
}

/** The build's own row. Throws `not_found`, also for one the caller may not see. */
export async function findBuild({ context, actor, build }: FindBuildOptions): Promise<Build> {
  const visible = visiblePackages(actor);
  const found = await context.database.db.build.findFirst({
    where: "build_id" in build ? { id: build.build_id, package: visible } : { number: build.number, package: { AND: [visible, whereNamed(build.package)] } },
  });
  if (found === null) throw noSuchBuild(build);
  return found;
}

export function noSuchBuild(build: BuildRef): AppError {
  return notFound("build_id" in build ? `Build ${build.build_id}` : `Build #${build.number} of ${build.package}`);
}

function whereNamed(value: string): { name: string; workspace: { slug: string } } {
  const parts = parsePackageName(value);
  if (parts === null) throw notFound(`Package ${value}`);
  return { name: parts.name, workspace: { slug: parts.workspace } };
}
