import { describe, expect, it } from "vitest";
import { createGate } from "./gate";

const forever = (): AbortSignal => new AbortController().signal;

describe("createGate", () => {
  it("lets in as many as it has places, then first come, first served", async () => {
    const gate = createGate({ places: 2 });
    const order: string[] = [];
    const enter = async (name: string) => {
      const leave = await gate.enter({ signal: forever() });
      order.push(name);
      return leave;
    };
    const [leaveA] = await Promise.all([enter("a"), enter("b")]);
    const c = enter("c");
    const d = enter("d");
    await Promise.resolve();
    expect(order).toEqual(["a", "b"]);
    leaveA?.();
    const leaveC = await c;
    expect(order).toEqual(["a", "b", "c"]);
    leaveC?.();
    await d;
    expect(order).toEqual(["a", "b", "c", "d"]);
  });

  it("counts a place once however often it is left", async () => {
    const gate = createGate({ places: 1 });
    const leave = await gate.enter({ signal: forever() });
    leave?.();
    leave?.();
    await gate.enter({ signal: forever() });
    const controller = new AbortController();
    const waiting = gate.enter({ signal: controller.signal });
    controller.abort();
    expect(await waiting).toBeNull();
  });

  it("gives nothing to one that was aborted, and skips it", async () => {
    const gate = createGate({ places: 1 });
    const leave = await gate.enter({ signal: forever() });
    const controller = new AbortController();
    const aborted = gate.enter({ signal: controller.signal });
    const next = gate.enter({ signal: forever() });
    controller.abort();
    expect(await aborted).toBeNull();
    leave?.();
    expect(await next).not.toBeNull();
    expect(await gate.enter({ signal: controller.signal })).toBeNull();
  });
});
