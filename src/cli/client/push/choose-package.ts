/** Which package a push goes to, and of what kind it is. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { parsePackageName } from "~/domain/names";
import { meAnswer, packageAnswer } from "../answers";
import { CommandError, EXIT, usageError } from "../command-error";
import type { ApiClient } from "../http/api-client";
import { signInFix } from "../session";
import { toPackageName } from "./package-name";

/** As given, else `<my handle>/<what the source is called>`. */
export async function choosePackage(options: { api: ApiClient; given: string | undefined; called: () => Promise<string> }): Promise<string> {
  const { api, given, called } = options;
  if (given !== undefined) return checkPackage(given);
  const { user, workspaces } = await api.get("/api/v1/me", { schema: meAnswer });
  if (user === null) throw new CommandError(`You are not signed in to ${api.server}.`, { exitCode: EXIT.denied, code: "unauthenticated", fix: signInFix(api.server) });
  const workspace = workspaces.find(({ slug }) => slug === user.handle) ?? workspaces.find(({ role }) => role !== "viewer");
  const name = toPackageName(await called());
  if (workspace === undefined || name === undefined) throw usageError("The package to push to can't be told from the folder.", "Name it: --package workspace/name");
  return `${workspace.slug}/${name}`;
}

function checkPackage(name: string): string {
  if (parsePackageName(name) !== null) return name;
  throw usageError(`"${name}" is not the name of a package.`, "Write workspace/name in lower-case letters, digits and hyphens: --package ada/blinky");
}

/** `name` in package.json, else the folder's own. */
export async function nameOfFolder(folder: string): Promise<string> {
  return (await readManifestName(folder)) ?? path.basename(path.resolve(folder));
}

/** `https://git.example.com/ada/Blinky.git` → `Blinky`. */
export function nameOfRepository(url: string): string {
  const last = url.replace(/[?#].*$/, "").replace(/\/+$/, "").split("/").at(-1) ?? "";
  return last.replace(/\.git$/, "");
}

async function readManifestName(folder: string): Promise<string | undefined> {
  try {
    return z.object({ name: z.string() }).safeParse(JSON.parse(await readFile(path.join(folder, "package.json"), "utf8"))).data?.name;
  } catch {
    return undefined;
  }
}

/** Of the package that exists already; it can't change. */
export async function findKind(options: { api: ApiClient; name: string }): Promise<string | undefined> {
  try {
    return (await options.api.get(`/api/v1/packages/${options.name}`, { schema: packageAnswer })).kind;
  } catch (error) {
    if (error instanceof CommandError && error.status === 404) return undefined;
    throw error;
  }
}
