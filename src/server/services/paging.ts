/**
 * Three ways to page through a list: `page` + `page_size`, `limit` + `offset`, or `cursor`. A cursor holds the id of the
 * last row and the total that was counted for the first page, so going on costs the same at a million rows.
 */
import { z } from "zod";
import { AppError, invalidField } from "~/domain/errors";

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
  total: number | null;
  /** The fields that were used, for the answer. */
  used: { page?: number; page_size?: number; limit?: number; offset?: number };
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

const cursorSchema = z.tuple([z.string().min(1).max(60), z.number().int().nonnegative()]);

/** Throws `validation_failed` when two ways are mixed, or for a cursor that is none of ours. */
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
    return { limit: size, offset: (page - 1) * size, after: null, total: null, used: { page, page_size: size } };
  }
  const limit = input.limit ?? 30;
  if (cursor !== null) {
    const [after, total] = decodeCursor(cursor);
    return { limit, offset: 0, after, total, used: { limit } };
  }
  const offset = input.offset ?? 0;
  return { limit, offset, after: null, total: null, used: input.offset === undefined ? { limit } : { limit, offset } };
}

/** `rows` may hold one more than `limit`: then there is a next page. Gives the rows of this one and the paging fields. */
export function pageOf<Row extends { id: string }>(options: { rows: Row[]; paging: Paging; total: number }): { rows: Row[]; answer: PagingAnswer } {
  const { paging, total } = options;
  const rows = options.rows.slice(0, paging.limit);
  const last = rows.at(-1);
  const more = options.rows.length > paging.limit;
  return {
    rows,
    answer: { count: rows.length, total, next_cursor: more && last !== undefined ? encodeCursor(last.id, total) : null, ...paging.used },
  };
}

function encodeCursor(id: string, total: number): string {
  return Buffer.from(JSON.stringify([id, total])).toString("base64url");
}

function decodeCursor(cursor: string): [string, number] {
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
  } catch (cause) {
    const message = "is not a cursor of ours. Take it from next_cursor of the page before, or leave it out.";
    throw new AppError("validation_failed", { userMessage: `cursor: ${message}`, fields: [{ path: "cursor", message }], cause });
  }
}
