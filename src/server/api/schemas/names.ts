/** Fields that several requests share. */
import { z } from "zod";
import { HANDLE_PATTERN, HANDLE_RULE, LABEL_KEY_PATTERN, LABEL_KEY_RULE, parsePackageName } from "~/domain/names";

/** `workspace/name`. */
export const packageRef = z
  .string()
  .refine((value) => parsePackageName(value) !== null, { error: "must be `workspace/name`, both in lower-case letters, digits and hyphens, such as `ada/blinky`." });

export const workspaceRef = z.string().regex(HANDLE_PATTERN, { error: `${HANDLE_RULE}.` });

export const labels = z
  .record(z.string().regex(LABEL_KEY_PATTERN, { error: `${LABEL_KEY_RULE}.` }), z.string().max(255, { error: "must have at most 255 characters." }))
  .refine((value) => Object.keys(value).length <= 50, { error: "must have at most 50 labels." });

export const visibility = z.enum(["private", "public"]);

export const id = z.string().min(1).max(60);

export const done = z.object({ ok: z.literal(true) });
