import { describe, expect, it } from "vitest";
import { LogStore, type LogStream, type StoredLine } from "./log-store";

const now = (notify: () => void) => notify();

function line(stageLine: number, message = `line ${stageLine}`, stream: LogStream = "stdout"): StoredLine {
  return { stageLine, stream, createdAt: "2026-01-01T00:00:00.000Z", message };
}
function lines(from: number, to: number): StoredLine[] {
  return Array.from({ length: to - from + 1 }, (_, index) => line(from + index));
}

describe("LogStore", () => {
  it("knows a total before it holds a line, and what to load", () => {
    const store = new LogStore({ pageSize: 10, schedule: now });
    store.setTotal(25);
    expect(store.total).toBe(25);
    expect(store.getLine(3)).toBeUndefined();
    expect(store.findMissing({ from: 8, to: 23 })).toEqual([
      { from: 1, to: 10 },
      { from: 11, to: 20 },
      { from: 21, to: 25 },
    ]);
    expect(store.findMissing({ from: 30, to: 40 })).toEqual([]);
  });

  it("fills pages in any order and asks only for the rest", () => {
    const store = new LogStore({ pageSize: 10, schedule: now });
    store.setTotal(25);
    store.add(lines(11, 20));
    store.add(lines(3, 5));
    expect(store.getLine(4)?.message).toBe("line 4");
    expect(store.findMissing({ from: 1, to: 25 })).toEqual([
      { from: 1, to: 10 },
      { from: 21, to: 25 },
    ]);
    store.add(lines(1, 2));
    expect(store.findMissing({ from: 1, to: 10 })).toEqual([{ from: 6, to: 10 }]);
    store.add(lines(6, 10));
    store.add(lines(21, 25));
    expect(store.findMissing({ from: 1, to: 25 })).toEqual([]);
    expect(store.isWhollyHeld()).toBe(true);
  });

  it("takes the same lines twice as once, and keeps the first copy", () => {
    const store = new LogStore({ pageSize: 10, schedule: now });
    expect(store.add(lines(1, 6))).toBe(6);
    expect(store.add([line(5, "another"), ...lines(6, 8)])).toBe(2);
    expect(store.heldCount).toBe(8);
    expect(store.total).toBe(8);
    expect(store.getLine(5)?.message).toBe("line 5");
  });

  it("grows its total with live lines, and shows a gap as missing instead of hiding it", () => {
    const store = new LogStore({ pageSize: 10, schedule: now });
    store.add(lines(1, 3));
    store.add(lines(8, 9));
    expect(store.total).toBe(9);
    expect(store.isWhollyHeld()).toBe(false);
    expect(store.findMissing({ from: 1, to: 9 })).toEqual([{ from: 4, to: 7 }]);
    store.setTotal(5);
    expect(store.total).toBe(9);
  });

  it("ignores a line number that can't be", () => {
    const store = new LogStore({ schedule: now });
    expect(store.add([line(0), line(-3)])).toBe(0);
    expect(store.total).toBe(0);
  });

  it("drops the pages looked at longest ago, and can load them again", () => {
    const store = new LogStore({ pageSize: 10, maxUnits: 20 * 74, schedule: now });
    const text = "0123456789";
    const page = (number: number) => Array.from({ length: 10 }, (_, index) => line(number * 10 + index + 1, text));
    store.add(page(0));
    store.add(page(1));
    store.touch({ from: 1, to: 10 });
    store.add(page(2));
    expect(store.getLine(1)).toBeDefined();
    expect(store.getLine(11)).toBeUndefined();
    expect(store.getLine(21)).toBeDefined();
    expect(store.heldCount).toBe(20);
    expect(store.total).toBe(30);
    expect(store.findMissing({ from: 11, to: 12 })).toEqual([{ from: 11, to: 20 }]);
    expect(store.add(page(1))).toBe(10);
  });

  it("keeps the page that just came in, however large", () => {
    const store = new LogStore({ pageSize: 10, maxUnits: 10, schedule: now });
    store.add(lines(1, 10));
    expect(store.getLine(10)).toBeDefined();
    store.add(lines(11, 12));
    expect(store.getLine(10)).toBeUndefined();
    expect(store.getLine(12)).toBeDefined();
  });

  it("remembers streams of lines that it dropped, so that a filter is exact", () => {
    const store = new LogStore({ pageSize: 2, maxUnits: 10, schedule: now });
    store.add([line(1, "a", "stderr"), line(2, "b", "stdout")]);
    store.add([line(3, "c", "system"), line(4, "d", "stderr")]);
    expect(store.getLine(1)).toBeUndefined();
    expect(store.getStream(1)).toBe("stderr");
    expect(store.listLinesOf({ streams: new Set(["stderr"]) })).toEqual([1, 4]);
    expect(store.listLinesOf({ streams: new Set(["stdout", "system"]) })).toEqual([2, 3]);
    expect(store.seenCount).toBe(4);
    expect(store.findUnseen()).toBeNull();
  });

  it("says which lines' streams it has yet to see", () => {
    const store = new LogStore({ pageSize: 10, schedule: now });
    store.setTotal(35);
    store.add(lines(1, 10));
    expect(store.findUnseen()).toEqual({ from: 11, to: 20 });
    store.add(lines(11, 35));
    expect(store.findUnseen()).toBeNull();
  });

  it("lists what it holds in order", () => {
    const store = new LogStore({ pageSize: 4, schedule: now });
    store.add(lines(9, 10));
    store.add(lines(1, 3));
    expect([...store.heldLines()].map((held) => held.stageLine)).toEqual([1, 2, 3, 9, 10]);
  });

  it("tells its listeners once for many batches, and not for what it knew", () => {
    const waiting: (() => void)[] = [];
    const store = new LogStore({ schedule: (notify) => waiting.push(notify) });
    let told = 0;
    const stop = store.subscribe(() => (told += 1));
    store.add(lines(1, 3));
    store.add(lines(4, 6));
    store.setTotal(9);
    expect(waiting).toHaveLength(1);
    waiting.pop()?.();
    expect(told).toBe(1);
    expect(store.getVersion()).toBe(1);
    store.add(lines(1, 6));
    store.setTotal(9);
    expect(waiting).toHaveLength(0);
    stop();
    store.add(lines(7, 7));
    waiting.pop()?.();
    expect(told).toBe(1);
  });

  it("holds two hundred thousand lines with random access", () => {
    const store = new LogStore({ schedule: now });
    for (let start = 1; start <= 200_000; start += 1000) store.add(lines(start, start + 999));
    expect(store.total).toBe(200_000);
    expect(store.getLine(123_456)?.message).toBe("line 123456");
    expect(store.isWhollyHeld()).toBe(true);
  });
});
