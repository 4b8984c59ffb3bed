/** The secrets that a stage asks for, opened. Only for the worker that runs the stage. */
import type { ServiceContext } from "../context";

/** By name; names the workspace has not are left out. Throws `not_available` when one can't be opened. */
export async function readSecrets(options: { context: ServiceContext; workspaceId: string; names: readonly string[] }): Promise<Record<string, string>> {
  const { context, workspaceId, names } = options;
  if (names.length === 0) return {};
  const rows = await context.database.db.secret.findMany({ where: { workspaceId, name: { in: [...names] } } });
  return Object.fromEntries(rows.map((row) => [row.name, context.secretBox.open({ workspaceId, name: row.name, ciphertext: row.ciphertext })]));
}
