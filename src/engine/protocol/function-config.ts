import { z } from "zod";

/** One function as the SDK describes it when it syncs. Unknown options stay in, so that they can be refused by name. */
export const functionConfigSchema = z.looseObject({
  id: z.string().min(1),
  name: z.string().optional(),
  triggers: z.array(
    z.union([
      z.looseObject({ event: z.string().min(1), expression: z.string().nullish() }),
      z.looseObject({ cron: z.string().min(1), jitter: z.string().nullish() }),
    ]),
  ),
  steps: z.record(
    z.string(),
    z.looseObject({ retries: z.looseObject({ attempts: z.number().int().min(0).nullish() }).nullish() }),
  ),
  idempotency: z.string().nullish(),
  concurrency: z
    .union([z.number(), concurrencySchema(), z.array(concurrencySchema())])
    .nullish(),
  cancel: z
    .array(z.looseObject({ event: z.string().min(1), if: z.string().nullish(), timeout: z.string().nullish() }))
    .nullish(),
  timeouts: z.looseObject({ start: z.string().nullish(), finish: z.string().nullish() }).nullish(),
  priority: z.looseObject({ run: z.string().nullish() }).nullish(),
});

function concurrencySchema() {
  return z.looseObject({
    limit: z.number(),
    key: z.string().nullish(),
    scope: z.enum(["fn", "env", "account"]).nullish(),
  });
}

export type FunctionConfig = z.infer<typeof functionConfigSchema>;

/** What the SDK answers to an in-band sync. */
export const syncAnswerSchema = z.looseObject({
  app_id: z.string().min(1),
  functions: z.array(z.unknown()),
});
