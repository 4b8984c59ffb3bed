/**
 * Three ways to page through a list: `page` + `page_size`, `limit` + `offset`, or `cursor`. A cursor holds the id of the
 * last row and the total that was counted for the first page, so going on costs the same at a million rows. The other two
 * make the database pass over every row before the page, so they end where that becomes dear.
 */
import { z } from "zod";
import { AppError, invalidField } from "~/domain/errors";

/** Rows that `page` and `offset` reach, and up to which a filtered list is counted. */
export const REACH = 10_000;

export interface PagingInput {
  page?: number;
  page_size?: number;
  limit?: number;
  offset?: number;
  cursor?: string | null;
}

export interface Paging {
  limit: number;
  offset: number;
  /** Rows older than this id. */
  after: string | null;
  /** Counted for an earlier page; null: count now. */
  total: Total | null;
  /** The fields that were used, for the answer. */
  used: { page?: number; page_size?: number; limit?: number; offset?: number };
}

export interface Total {
  rows: number;
  /** False: there are at least so many. */
  exact: boolean;
}

export interface PagingAnswer {
  count: number;
  total: number;
  next_cursor: string | null;
  page?: number;
  page_size?: number;
  limit?: number;
  offset?: number;
}

/** The last part is there when there are more rows than the total says. */
const cursorSchema = z.tuple([z.string().min(1).max(60), z.number().int().nonnegative(), z.literal("more").optional()]);

/** Throws `validation_failed` when two ways are mixed, beyond the reach of `page` and `offset`, or for a cursor that is none of ours. */
export function resolvePaging(input: PagingInput): Paging {
  const byPage = input.page !== undefined || input.page_size !== undefined;
  const cursor = input.cursor ?? null;
  if (byPage && (input.limit !== undefined || input.offset !== undefined || cursor !== null)) {
    throw invalidField("page", "can't be used together with limit, offset or cursor. Choose one way of paging.");
  }
  if (cursor !== null && input.offset !== undefined) throw invalidField("offset", "can't be used together with cursor. Choose one way of paging.");
  if (byPage) {
    const page = input.page ?? 1;
    const size = input.page_size ?? 20;
    return { limit: size, offset: reachable({ field: "page", offset: (page - 1) * size }), after: null, total: null, used: { page, page_size: size } };
  }
  const limit = input.limit ?? 30;
  if (cursor !== null) {
    const [after, rows, more] = decodeCursor(cursor);
    return { limit, offset: 0, after, total: { rows, exact: more === undefined }, used: { limit } };
  }
  const offset = reachable({ field: "offset", offset: input.offset ?? 0 });
  return { limit, offset, after: null, total: null, used: input.offset === undefined ? { limit } : { limit, offset } };
}

function reachable({ field, offset }: { field: string; offset: number }): number {
  if (offset <= REACH) return offset;
  throw invalidField(field, `reaches the first ${REACH.toLocaleString("en")} rows. Go on with cursor, from next_cursor of the page before: it costs the same at any depth.`);
}

/** The fields of a list that is always answered whole. */
export function wholeOf(rows: readonly unknown[]): { count: number; total: number; next_cursor: null } {
  return { count: rows.length, total: rows.length, next_cursor: null };
}

/** `rows` may hold one more than `limit`: then there is a next page. Gives the rows of this one and the paging fields. */
export function pageOf<Row extends { id: string }>(options: { rows: Row[]; paging: Paging; total: Total }): { rows: Row[]; answer: PagingAnswer } {
  const { paging, total } = options;
  const rows = options.rows.slice(0, paging.limit);
  const last = rows.at(-1);
  const more = options.rows.length > paging.limit;
  return {
    rows,
    answer: { count: rows.length, total: total.rows, next_cursor: more && last !== undefined ? encodeCursor(last.id, total) : null, ...paging.used },
  };
}

/** As `Total`, for a list that is always counted to its end. */
export function exactly(rows: number): Total {
  return { rows, exact: true };
}

function encodeCursor(id: string, { rows, exact }: Total): string {
  return Buffer.from(JSON.stringify(exact ? [id, rows] : [id, rows, "more"])).toString("base64url");
}

function decodeCursor(cursor: string): z.infer<typeof cursorSchema> {
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
  } catch (cause) {
    const message = "is not a cursor of ours. Take it from next_cursor of the page before, or leave it out.";
    throw new AppError("validation_failed", { userMessage: `cursor: ${message}`, fields: [{ path: "cursor", message }], cause });
  }
}
