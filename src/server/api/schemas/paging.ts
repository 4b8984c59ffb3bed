/** How lists are asked for and answered: `page`, `limit` + `offset`, or `cursor`. Newest first. */
import { z } from "zod";

const RANGE = "must be a whole number from 1 to 100.";

export const pagingFields = {
  page: z.int({ error: "must be a whole number, 1 or more." }).min(1, { error: "must be 1 or more; the first page is 1." }).optional(),
  page_size: z.int({ error: RANGE }).min(1, { error: RANGE }).max(100, { error: RANGE }).optional(),
  limit: z.int({ error: RANGE }).min(1, { error: RANGE }).max(100, { error: RANGE }).optional(),
  offset: z.int({ error: "must be a whole number, 0 or more." }).min(0, { error: "must be 0 or more." }).optional(),
  /** From an earlier answer's `next_cursor`. Stays fast and steady however much is added meanwhile. */
  cursor: z.string().max(200).nullish(),
};

/** Of a list that is always answered whole. */
export const wholeAnswer = { count: z.number().int(), total: z.number().int(), next_cursor: z.null() };

export const pagingAnswer = {
  count: z.number().int(),
  total: z.number().int(),
  next_cursor: z.string().nullable(),
  page: z.number().int().optional(),
  page_size: z.number().int().optional(),
  limit: z.number().int().optional(),
  offset: z.number().int().optional(),
};
