import { describe, expect, it } from "vitest";
import { assembleSeccompFilter, listDeniedCalls } from "./seccomp";

const ALLOW = "allow";
const AUDIT = { x64: 0xc000003e, arm64: 0xc00000b7 };

interface Call {
  audit: number;
  number: number;
  args?: readonly number[];
}

/** What the kernel does with the program, for the instructions that it may contain. */
function interpret(program: Uint8Array, call: Call): string {
  const view = new DataView(program.buffer, program.byteOffset);
  const input = new DataView(new ArrayBuffer(64));
  input.setUint32(0, call.number, true);
  input.setUint32(4, call.audit, true);
  call.args?.forEach((argument, index) => input.setBigUint64(16 + index * 8, BigInt(argument), true));
  let accumulator = 0;
  for (let at = 0; at < program.length / 8; at += 1) {
    const [code, jt, jf, k] = [view.getUint16(at * 8, true), view.getUint8(at * 8 + 2), view.getUint8(at * 8 + 3), view.getUint32(at * 8 + 4, true)];
    if (code === 0x20) accumulator = input.getUint32(k, true);
    else if (code === 0x54) accumulator = (accumulator & k) >>> 0;
    else if (code === 0x15) at += accumulator === k ? jt : jf;
    else if (code === 0x35) at += accumulator >= k ? jt : jf;
    else if (code === 0x45) at += (accumulator & k) !== 0 ? jt : jf;
    else if (code === 0x06) return k === 0x7fff0000 ? ALLOW : k === 0x80000000 ? "kill" : `errno ${k & 0xffff}`;
    else throw new Error(`instruction ${at} has an unknown code ${code}`);
  }
  throw new Error("the program ran off its end");
}

describe.each(["x64", "arm64"] as const)("the system call filter for %s", (architecture) => {
  const program = assembleSeccompFilter(architecture);
  const call = (number: number, ...args: number[]): string => interpret(program, { audit: AUDIT[architecture], number, args });
  const numbers = {
    x64: { read: 0, clone: 56, socket: 41, socketpair: 53, ioctl: 16, mknodat: 259, execve: 59 },
    arm64: { read: 63, clone: 220, socket: 198, socketpair: 199, ioctl: 29, mknodat: 33, execve: 221 },
  }[architecture];

  it("fits what the kernel takes", () => {
    expect(program.length % 8).toBe(0);
    expect(program.length / 8).toBeLessThanOrEqual(4096);
  });

  it("lets ordinary calls through", () => {
    expect(call(numbers.read)).toBe(ALLOW);
    expect(call(numbers.execve)).toBe(ALLOW);
    expect(call(1000)).toBe(ALLOW);
  });

  it("refuses each call of its table, and no neighbour of one", () => {
    const denied = new Map(listDeniedCalls(architecture).map((entry) => [entry.number, entry.refusal === "ENOSYS" ? "errno 38" : "errno 1"]));
    const known: number[] = Object.values(numbers);
    for (let number = 0; number < 500; number += 1) if (!known.includes(number)) expect([number, call(number)]).toEqual([number, denied.get(number) ?? (number === 133 && architecture === "x64" ? call(number) : ALLOW)]);
    expect(denied.size).toBeGreaterThan(50);
  });

  it("allows fork and threads, but no clone into a namespace", () => {
    expect(call(numbers.clone, 17)).toBe(ALLOW);
    expect(call(numbers.clone, 0x3d0f00)).toBe(ALLOW);
    for (const flag of [0x10000000, 0x20000, 0x40000000, 0x20000000, 0x4000000, 0x8000000, 0x2000000]) expect(call(numbers.clone, flag | 17)).toBe("errno 1");
  });

  it.each(["socket", "socketpair"] as const)("allows %s for the families of a build only", (name) => {
    for (const family of [1, 2, 10]) expect(call(numbers[name], family, 1, 0)).toBe(ALLOW);
    expect(call(numbers[name], 16, 3, 0)).toBe(ALLOW);
    for (const protocol of [5, 9, 12, 15]) expect(call(numbers[name], 16, 3, protocol)).toBe("errno 97");
    for (const family of [0, 3, 9, 11, 15, 17, 38, 40]) expect(call(numbers[name], family, 1, 0)).toBe("errno 97");
  });

  it("refuses terminals' input injection, and devices but not pipes or files", () => {
    expect(call(numbers.ioctl, 0, 0x5401)).toBe(ALLOW);
    expect(call(numbers.ioctl, 0, 0x5412)).toBe("errno 1");
    expect(call(numbers.ioctl, 0, 0x541c)).toBe("errno 1");
    expect(call(numbers.mknodat, 0, 0, 0x1000 | 0o644)).toBe(ALLOW);
    expect(call(numbers.mknodat, 0, 0, 0x8000 | 0o644)).toBe(ALLOW);
    expect(call(numbers.mknodat, 0, 0, 0x2000 | 0o644)).toBe("errno 1");
    expect(call(numbers.mknodat, 0, 0, 0x6000 | 0o644)).toBe("errno 1");
  });

  it("kills a process that calls through another architecture's table", () => {
    expect(interpret(program, { audit: 0x40000003, number: 1 })).toBe("kill");
  });
});

describe("the system call filter", () => {
  it("knows x32 calls on x86_64 as such", () => {
    const program = assembleSeccompFilter("x64");
    expect(interpret(program, { audit: AUDIT.x64, number: 0x40000000 + 165 })).toBe("errno 38");
    expect(interpret(program, { audit: AUDIT.x64, number: 133, args: [0, 0x2000] })).toBe("errno 1");
    expect(interpret(program, { audit: AUDIT.x64, number: 133, args: [0, 0x1000] })).toBe(ALLOW);
  });

  it("is not made up for architectures it has no table for", () => {
    expect(() => assembleSeccompFilter("riscv64")).toThrow(/riscv64/);
  });
});
