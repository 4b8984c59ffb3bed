import { notFound } from "next/navigation";
import { parsePackageName } from "~/domain/names";

export type PackageParams = Promise<{ workspace: string; package: string }>;

/** `workspace/name` of a page's address; 404 for what can't be one. */
export async function readPackageParams(params: PackageParams): Promise<{ workspace: string; name: string }> {
  const raw = await params;
  const name = `${decodeURIComponent(raw.workspace)}/${decodeURIComponent(raw.package)}`;
  const parsed = parsePackageName(name);
  if (parsed === null) notFound();
  return { workspace: parsed.workspace, name };
}
