import { describe, expect, it } from "vitest";
import { describeClick, watchClicks } from "./click-trace";

/** An event as a browser makes it for somebody's hand. */
function byHand(type: string, agoMs: number): Event {
  const event = new Event(type);
  Object.defineProperty(event, "isTrusted", { value: true });
  Object.defineProperty(event, "timeStamp", { value: performance.now() - agoMs });
  return event;
}

const ageOf = (headers: Record<string, string>): number => Number(headers["x-slipway-click"]);

describe("a write that follows a click", () => {
  it("names a span of its own, the first of a sampled trace", () => {
    const sent = [describeClick(), describeClick()].map((headers) => headers.traceparent);
    for (const traceparent of sent) expect(traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    expect(new Set(sent).size).toBe(2);
  });

  it("says how long ago the last click or key was, and nothing else", () => {
    const target = new EventTarget();
    const stop = watchClicks({ target });
    target.dispatchEvent(byHand("keydown", 3_000));
    expect(ageOf(describeClick())).toBeGreaterThanOrEqual(3_000);
    target.dispatchEvent(byHand("click", 1_000));
    const headers = describeClick();
    expect(ageOf(headers)).toBeGreaterThanOrEqual(1_000);
    expect(ageOf(headers)).toBeLessThan(3_000);
    expect(Object.keys(headers).sort()).toEqual(["traceparent", "x-slipway-click"]);
    // What a script clicked is nobody's hand.
    target.dispatchEvent(new Event("click"));
    expect(ageOf(describeClick())).toBeGreaterThanOrEqual(1_000);
    stop();
    target.dispatchEvent(byHand("click", 10));
    expect(ageOf(describeClick())).toBeGreaterThanOrEqual(1_000);
  });

  it("begins with itself when the last click is long over", () => {
    const target = new EventTarget();
    const stop = watchClicks({ target });
    target.dispatchEvent(byHand("click", 5_500));
    stop();
    expect(ageOf(describeClick())).toBe(0);
  });
});
