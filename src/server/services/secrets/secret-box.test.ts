import { describe, expect, it } from "vitest";
import { createSecretBox } from "./secret-box";

const place = { workspaceId: "ws_1", name: "signer/deployer" };

describe("the secret box", () => {
  it("gives back what was put in, and shows nothing of it", () => {
    const box = createSecretBox({ secret: "a".repeat(40) });
    const sealed = box.seal({ ...place, value: "0xfeedface" });
    expect(Buffer.from(sealed).toString("latin1")).not.toContain("feedface");
    expect(box.open({ ...place, ciphertext: sealed })).toBe("0xfeedface");
    expect(Buffer.from(box.seal({ ...place, value: "0xfeedface" }))).not.toEqual(Buffer.from(sealed));
  });

  it.each([
    ["another name", { ...place, name: "signer/other" }],
    ["another workspace", { ...place, workspaceId: "ws_2" }],
  ])("does not open for %s", (_, other) => {
    const box = createSecretBox({ secret: "a".repeat(40) });
    expect(() => box.open({ ...other, ciphertext: box.seal({ ...place, value: "value" }) })).toThrow(/does not open/);
  });

  it("does not open under another key, nor when a byte was changed", () => {
    const box = createSecretBox({ secret: "a".repeat(40) });
    const sealed = box.seal({ ...place, value: "value" });
    expect(() => createSecretBox({ secret: "b".repeat(40) }).open({ ...place, ciphertext: sealed })).toThrow(expect.objectContaining({ code: "not_available", userMessage: expect.stringContaining("set the secret again") }));
    for (const at of [0, 3, 15, sealed.length - 1]) {
      const changed = sealed.slice();
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => box.open({ ...place, ciphertext: changed })).toThrow(/does not open/);
    }
  });

  it("says what to set when there is no key", () => {
    expect(() => createSecretBox({ secret: undefined }).seal({ ...place, value: "x" })).toThrow(/AUTH_SECRET/);
  });
});
