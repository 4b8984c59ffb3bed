/** Which build a person means: an id, `ws/name#12`, `ws/name` or `ws/name#latest`. */
import { parsePackageName } from "~/domain/names";
import { buildAnswer, buildsAnswer, type BuildAnswer } from "./answers";
import { CommandError, EXIT, usageError } from "./command-error";
import type { ApiClient } from "./http/api-client";

export type BuildReference = { id: string } | { package: string; number: number | "latest" };

/** Throws a usage error. */
export function parseBuildReference(value: string): BuildReference {
  if (/^build_[0-9A-Za-z]{1,50}$/.test(value)) return { id: value };
  const [name = "", which = "latest", more] = value.split("#");
  const number = which === "latest" ? which : /^[1-9]\d{0,8}$/.test(which) ? Number(which) : undefined;
  if (more === undefined && number !== undefined && parsePackageName(name) !== null) return { package: name, number };
  throw usageError(`"${value}" does not name a build.`, "Write its id (build_…), or its package and number such as ada/blinky#12, or ada/blinky#latest");
}

/** The build's summary (an id's: everything about it). Throws CommandError. */
export async function findBuild(options: { api: ApiClient; reference: string }): Promise<BuildAnswer> {
  const { api } = options;
  const reference = parseBuildReference(options.reference);
  if ("id" in reference) return api.get(`/api/v1/builds/${reference.id}`, { schema: buildAnswer });
  const { package: name, number } = reference;
  const { builds } = await api.get("/api/v1/builds", { schema: buildsAnswer, query: { package: name, q: number === "latest" ? undefined : `#${number}`, limit: "1" } });
  const build = builds[0];
  if (build !== undefined) return build;
  throw new CommandError(number === "latest" ? `There is no build of ${name}, or you may not see it.` : `There is no build #${number} of ${name}, or you may not see it.`, {
    exitCode: EXIT.usage, code: "not_found", fix: api.hasToken ? `Look at what there is: slipway builds --package ${name}` : `You are not signed in to ${api.server}: slipway login --server ${api.server}`,
  });
}

export function nameOf(build: { package: string; number: number }): string {
  return `${build.package}#${build.number}`;
}
