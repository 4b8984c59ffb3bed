import { expect, it } from "vitest";
import { adaptLogger } from "./adapt-logger";

function record() {
  const lines: [string, object, string][] = [];
  const write = (level: string) => (fields: object, message: string): void => void lines.push([level, fields, message]);
  return { lines, sdk: adaptLogger({ logger: { debug: write("debug"), info: write("info"), warn: write("warn"), error: write("error") } }) };
}

it("writes whatever the SDK says as one line with fields", () => {
  const { lines, sdk } = record();
  const err = new Error("the database is away\nfor a while");
  sdk.error({ err }, "Inngest step error");
  sdk.warn("retrying", 3);
  sdk.error(err);
  sdk.info("started");
  sdk.debug({ runId: "01" });
  expect(lines).toEqual([
    ["error", { err }, "Inngest step error"],
    ["warn", {}, "retrying 3"],
    ["error", { err }, "inngest"],
    ["debug", {}, "started"],
    ["debug", { runId: "01" }, "inngest"],
  ]);
});
