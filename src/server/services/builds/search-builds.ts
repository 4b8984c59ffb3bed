/**
 * The free text of a list of builds. What it may stand in is looked through where there is little of it: the packages'
 * names, the newest releases, the errors of the newest failed builds. What is found becomes ids, which the list has
 * indexes for; a text over a million builds themselves has none.
 */
import type { ServiceContext } from "../context";

/** Releases and failed builds that are looked through, newest first. */
export const SEARCHED = 20_000;

const NUMBER = /^#(\d{1,9})$/;
const ULID_LENGTH = 26;
/** An id or how it begins, with its prefix or without. */
const ID_START = /^(?:build_([0-9A-HJKMNP-TV-Z]{1,26})|([0-9A-HJKMNP-TV-Z]{10,26}))$/i;

export interface FoundBuilds {
  /** Those with this number in their package; everything else is empty then. */
  number: number | null;
  packageIds: string[];
  releaseIds: string[];
  buildIds: string[];
  /** The first and the last id that begin with the text. */
  ids: [from: string, to: string] | null;
}

/** `packageIds`: those whose builds may be found; null: all. */
export async function searchBuilds(options: { context: Pick<ServiceContext, "database">; text: string; packageIds: string[] | null }): Promise<FoundBuilds> {
  const { text, packageIds } = options;
  const { pool } = options.context.database;
  const number = NUMBER.exec(text)?.[1];
  if (number !== undefined) return { number: Number(number), packageIds: [], releaseIds: [], buildIds: [], ids: null };
  const values = [`%${text.replace(/[\\%_]/g, "\\$&")}%`, packageIds];
  const idsOf = async (sql: string): Promise<string[]> => (await pool.query<{ id: string }>(sql, values)).rows.map(({ id }) => id);
  const within = (column: string): string => (packageIds === null ? "$2::text[] IS NULL" : `${column} = ANY($2::text[])`);
  const [named, released, failed] = await Promise.all([
    idsOf(`SELECT p.id FROM package p JOIN workspace w ON w.id = p.workspace_id WHERE ${within("p.id")} AND w.slug || '/' || p.name ILIKE $1`),
    idsOf(`
      SELECT id FROM (SELECT id, version, commit_sha, ref FROM release WHERE ${within("package_id")} ORDER BY id DESC LIMIT ${SEARCHED}) newest
      WHERE version ILIKE $1 OR commit_sha ILIKE $1 OR ref ILIKE $1`),
    idsOf(`
      SELECT id FROM (SELECT id, error_message, error_code FROM build WHERE status = 'failed' AND ${within("package_id")} ORDER BY id DESC LIMIT ${SEARCHED}) newest
      WHERE error_message ILIKE $1 OR error_code ILIKE $1`),
  ]);
  return { number: null, packageIds: named, releaseIds: released, buildIds: failed, ids: idsBeginningWith(text) };
}

function idsBeginningWith(text: string): [string, string] | null {
  const [, prefixed, bare] = ID_START.exec(text) ?? [];
  const start = (prefixed ?? bare)?.toUpperCase();
  return start === undefined ? null : [`build_${start}`, `build_${start.padEnd(ULID_LENGTH, "Z")}`];
}
