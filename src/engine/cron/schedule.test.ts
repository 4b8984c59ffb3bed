import { describe, expect, it } from "vitest";
import { EngineError } from "../errors";
import { findNextTick, parseCron } from "./schedule";

const next = (expression: string, after: string) =>
  new Date(findNextTick({ schedule: parseCron({ expression, where: "fn" }), afterMs: Date.parse(after) })).toISOString();

describe("cron schedules", () => {
  it.each([
    ["* * * * *", "2025-03-01T10:15:30Z", "2025-03-01T10:16:00.000Z"],
    ["* * * * *", "2025-03-01T10:16:00Z", "2025-03-01T10:17:00.000Z"],
    ["*/15 * * * *", "2025-03-01T10:50:00Z", "2025-03-01T11:00:00.000Z"],
    ["0 12 * * 5", "2025-03-01T10:00:00Z", "2025-03-07T12:00:00.000Z"],
    ["0 12 * * fri", "2025-03-01T10:00:00Z", "2025-03-07T12:00:00.000Z"],
    ["0 0 * * 7", "2025-03-01T10:00:00Z", "2025-03-02T00:00:00.000Z"],
    ["30 8-10 * * *", "2025-03-01T09:31:00Z", "2025-03-01T10:30:00.000Z"],
    ["5,35 0 1 jan *", "2025-03-01T00:00:00Z", "2026-01-01T00:05:00.000Z"],
    ["0 0 29 2 *", "2025-03-01T00:00:00Z", "2028-02-29T00:00:00.000Z"],
    ["0 0 13 * 5", "2025-06-01T00:00:00Z", "2025-06-06T00:00:00.000Z"],
    ["0 0 */10 * *", "2025-03-12T00:00:00Z", "2025-03-21T00:00:00.000Z"],
    ["20/10 * * * *", "2025-03-01T10:00:00Z", "2025-03-01T10:20:00.000Z"],
    ["*/20 * * * * *", "2025-03-01T10:15:45Z", "2025-03-01T10:16:00.000Z"],
    ["@daily", "2025-03-01T10:15:30Z", "2025-03-02T00:00:00.000Z"],
    ["@hourly", "2025-03-01T10:15:30Z", "2025-03-01T11:00:00.000Z"],
  ])("%s after %s is %s", (expression, after, expected) => {
    expect(next(expression, after)).toBe(expected);
  });

  it("is read in its own time zone, summer and winter", () => {
    expect(next("TZ=Europe/Paris 0 9 * * *", "2025-01-10T00:00:00Z")).toBe("2025-01-10T08:00:00.000Z");
    expect(next("TZ=Europe/Paris 0 9 * * *", "2025-07-10T00:00:00Z")).toBe("2025-07-10T07:00:00.000Z");
    expect(next("TZ=America/New_York 30 23 * * *", "2025-07-10T00:00:00Z")).toBe("2025-07-10T03:30:00.000Z");
  });

  it("leaves out the hour that spring leaves out, and ticks once in the one autumn repeats", () => {
    expect(next("TZ=Europe/Paris 30 2 * * *", "2025-03-30T00:00:00Z")).toBe("2025-03-31T00:30:00.000Z");
    const first = next("TZ=Europe/Paris 30 2 * * *", "2025-10-25T12:00:00Z");
    expect(Date.parse(next("TZ=Europe/Paris 30 2 * * *", first)) - Date.parse(first)).toBeGreaterThan(20 * 3_600_000);
  });

  it.each([
    ["* * * *", "should have 5 fields"],
    ["60 * * * *", "between 0 and 59"],
    ["* 9-5 * * *", "runs backwards"],
    ["*/0 * * * *", "no valid step"],
    ["* * * foo *", '"foo"'],
    ["TZ=Mars/Olympus * * * * *", "Mars/Olympus"],
  ])("refuses %s", (expression, message) => {
    expect(() => parseCron({ expression, where: "function tick" })).toThrow(EngineError);
    expect(() => parseCron({ expression, where: "function tick" })).toThrow(message);
    expect(() => parseCron({ expression, where: "function tick" })).toThrow("function tick");
  });

  it("says so when there will never be a tick", () => {
    expect(() => next("0 0 31 2 *", "2025-01-01T00:00:00Z")).toThrow("no tick within four years");
  });
});
