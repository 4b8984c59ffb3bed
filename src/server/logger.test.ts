import { describe, expect, it } from "vitest";
import { withLogFields } from "~/telemetry/log-scope";
import { createLogger } from "./logger";

function capture() {
  const lines: string[] = [];
  const logger = createLogger({ name: "test", level: "info", destination: { write: (line) => void lines.push(line) } });
  return { logger, lines, last: (): Record<string, unknown> => JSON.parse(lines.at(-1) ?? "{}") };
}

describe("log lines", () => {
  it("carry the ids of the work they were written in, wherever that went", async () => {
    const { logger, last } = capture();
    await withLogFields({
      fields: { requestId: "r1", buildId: null },
      run: async () => {
        await Promise.resolve();
        withLogFields({ fields: { stage: "first", attempt: 2 }, run: () => logger.info({ more: 1 }, "inside") });
        expect(last()).toMatchObject({ requestId: "r1", stage: "first", attempt: 2, more: 1, msg: "inside", level: "info", name: "test" });
        expect(last()).not.toHaveProperty("buildId");
        logger.info({ requestId: "told" }, "explicit");
        expect(last()).toMatchObject({ requestId: "told" });
        expect(last()).not.toHaveProperty("stage");
      },
    });
    logger.info({}, "outside");
    expect(last()).not.toHaveProperty("requestId");
  });

  it("never show a secret, neither in a field nor within a text or an error", () => {
    const { logger, lines } = capture();
    const token = "slw_0123456789abcdefABCDEF";
    logger.info({ token, headers: { authorization: `Bearer ${token}`, cookie: "sid=topsecret" }, password: "topsecret" }, `called with ${token}`);
    logger.error({ err: new Error(`connect to postgres://slipway:topsecret@db:5432/slipway failed`, { cause: new Error(`Authorization: Bearer topsecret-value`) }) }, "failed");
    logger.info({ databaseUrl: "postgres://a:topsecret@h/d", input: { new_password: "topsecret", "set-cookie": "topsecret" } }, "started");
    const all = lines.join("");
    expect(all).not.toContain("topsecret");
    expect(all).not.toContain(token);
    expect(all).toContain("postgres://slipway:[redacted]@db:5432");
    for (const line of lines) expect(() => JSON.parse(line)).not.toThrow();
  });
});
