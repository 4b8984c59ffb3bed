import { parseCron, type CronSchedule } from "../cron/schedule";
import { parseDuration } from "../duration";
import { EngineError } from "../errors";
import { parseExpression, type Expression } from "../expression/parse";
import { functionConfigSchema, type FunctionConfig } from "./function-config";

/** A function's configuration, checked and ready to be matched against events. Durations in milliseconds. */
export interface FunctionPlan {
  id: string;
  appId: string;
  config: FunctionConfig;
  maxAttempts: number;
  triggers: { event: string; test: Expression | undefined }[];
  crons: { expression: string; schedule: CronSchedule }[];
  cancelOn: { event: string; test: Expression | undefined; withinMs: number | undefined }[];
  concurrency: { limit: number; scope: string; key: Expression | undefined }[];
  idempotency: Expression | undefined;
  priority: Expression | undefined;
  startMs: number | undefined;
  finishMs: number | undefined;
}

/** The SDK's own default: 3 retries after the first attempt. */
const DEFAULT_RETRIES = 3;

const KNOWN_OPTIONS = new Set([
  "id",
  "name",
  "triggers",
  "steps",
  "idempotency",
  "concurrency",
  "cancel",
  "timeouts",
  "priority",
]);

/**
 * Checks one function's configuration and compiles its expressions.
 * @throws EngineError naming the function and the option, for whatever the engine could not honour to the letter.
 */
export function planFunction({ appId, raw }: { appId: string; raw: unknown }): FunctionPlan {
  const parsed = functionConfigSchema.safeParse(raw);
  if (!parsed.success) {
    const id = typeof raw === "object" && raw !== null && "id" in raw ? String(raw.id) : "without an id";
    const issue = parsed.error.issues[0];
    throw new EngineError(`function ${id}: option "${issue?.path.join(".") ?? ""}" cannot be read: ${issue?.message ?? ""}`);
  }
  const config = parsed.data;
  const where = `function ${config.id}`;
  for (const [option, value] of Object.entries(config)) {
    if (value === undefined || value === null || KNOWN_OPTIONS.has(option)) continue;
    throw new EngineError(
      `${where}: option "${option}" is not supported by the embedded engine; remove it or use an Inngest server`,
    );
  }
  const compile = (source: string | null | undefined, option: string): Expression | undefined =>
    source === undefined || source === null || source === ""
      ? undefined
      : parseExpression({ source, where: `${where}, ${option}` });
  const limit = (text: string | null | undefined, option: string): number | undefined =>
    text === undefined || text === null ? undefined : parseDuration({ text, where: `${where}, ${option}` });

  const triggers: FunctionPlan["triggers"] = [];
  const crons: FunctionPlan["crons"] = [];
  for (const trigger of config.triggers) {
    if ("event" in trigger && typeof trigger.event === "string") {
      const expression = typeof trigger.expression === "string" ? trigger.expression : undefined;
      triggers.push({ event: trigger.event, test: compile(expression, "trigger's if") });
    } else if ("cron" in trigger && typeof trigger.cron === "string") {
      if (trigger.jitter) throw new EngineError(`${where}: option "jitter" of a cron trigger is not supported`);
      crons.push({ expression: trigger.cron, schedule: parseCron({ expression: trigger.cron, where }) });
    }
  }
  const concurrency =
    typeof config.concurrency === "number"
      ? [{ limit: config.concurrency }]
      : Array.isArray(config.concurrency)
        ? config.concurrency
        : config.concurrency
          ? [config.concurrency]
          : [];
  return {
    id: config.id,
    appId,
    config,
    maxAttempts: (Object.values(config.steps)[0]?.retries?.attempts ?? DEFAULT_RETRIES) + 1,
    triggers,
    crons,
    cancelOn: (config.cancel ?? []).map((entry) => ({
      event: entry.event,
      test: compile(entry.if, "cancelOn"),
      withinMs: limit(entry.timeout, "cancelOn's timeout"),
    })),
    concurrency: concurrency.map((entry) => {
      if (!Number.isInteger(entry.limit) || entry.limit < 0) {
        throw new EngineError(`${where}: option "concurrency" needs a whole limit of 0 (none) or more, not ${entry.limit}`);
      }
      const key = "key" in entry ? entry.key : undefined;
      const scope = ("scope" in entry ? entry.scope : undefined) ?? "fn";
      return { limit: entry.limit, scope, key: compile(key, "concurrency key") };
    }),
    idempotency: compile(config.idempotency, "idempotency"),
    priority: compile(config.priority?.run, "priority"),
    startMs: limit(config.timeouts?.start, "timeouts.start"),
    finishMs: limit(config.timeouts?.finish, "timeouts.finish"),
  };
}

/** Whether a trigger's name covers an event's; `app/*` covers everything below it. */
export function coversEvent({ pattern, name }: { pattern: string; name: string }): boolean {
  return pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : pattern === name;
}
