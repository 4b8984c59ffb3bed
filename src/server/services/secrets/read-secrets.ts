/** The secrets that a stage asks for, opened. Only for the worker that runs the stage. */
import { isAppError } from "~/domain/errors";
import type { ServiceContext } from "../context";

export interface ReadSecrets {
  /** By name; what the workspace has not, or can't be opened, is left out. */
  values: Record<string, string>;
  /** Why some can't be opened, one sentence each, for the log. */
  problems: string[];
}

export async function readSecrets(options: { context: ServiceContext; workspaceId: string; names: readonly string[] }): Promise<ReadSecrets> {
  const { context, workspaceId, names } = options;
  const read: ReadSecrets = { values: {}, problems: [] };
  if (names.length === 0) return read;
  for (const row of await context.database.db.secret.findMany({ where: { workspaceId, name: { in: [...names] } } })) {
    try {
      read.values[row.name] = context.secretBox.open({ workspaceId, name: row.name, ciphertext: row.ciphertext });
    } catch (error) {
      if (!isAppError(error)) throw error;
      read.problems.push(error.userMessage);
    }
  }
  return read;
}
