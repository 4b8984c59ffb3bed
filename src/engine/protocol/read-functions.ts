import { EngineError } from "../errors";
import type { EngineContext } from "../types";
import { syncAnswerSchema } from "./function-config";
import { planFunction, type FunctionPlan } from "./function-plan";

/** Never dialled: the handler is called in this process, it only wants a URL to look at. */
export const HANDLER_URL = "http://engine.invalid/api/inngest";

/**
 * Asks the handler which functions it serves, by the SDK's public in-band sync.
 * @throws EngineError when the handler refuses, or a function asks for something the engine does not support.
 */
export async function readFunctions({
  handler,
}: Pick<EngineContext, "handler">): Promise<{ appId: string; plans: FunctionPlan[] }> {
  const answer = await handler(
    new Request(HANDLER_URL, {
      method: "PUT",
      headers: { host: "engine.invalid", "content-type": "application/json", "x-inngest-sync-kind": "in_band" },
      body: JSON.stringify({ url: HANDLER_URL }),
    }),
  );
  const text = await answer.text();
  if (answer.status !== 200) {
    throw new EngineError(
      `the Inngest handler refused to list its functions (${answer.status}: ${text}); make its client with isDev: true`,
    );
  }
  const { app_id: appId, functions } = syncAnswerSchema.parse(JSON.parse(text));
  return { appId, plans: functions.map((raw) => planFunction({ appId, raw })) };
}
