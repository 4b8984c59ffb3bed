import { describe, expect, it } from "vitest";
import { parseExpiry, parseScopes } from "./token-command";
import { handleFromEmail, parseEmail } from "./user-command";

describe("flags of the command line", () => {
  it("reads scopes, and names the one it does not know", () => {
    expect(parseScopes("builds:read, admin")).toEqual(["builds:read", "admin"]);
    expect(() => parseScopes("builds:read,root")).toThrow(/"root" is not a scope.*builds:read, builds:write, admin/);
  });

  it("reads an expiry as days or as a date in the future", () => {
    const now = Date.UTC(2030, 0, 1);
    expect(parseExpiry("90d", undefined, now)).toEqual(new Date(now + 90 * 86_400_000));
    expect(parseExpiry("2030-01-31", undefined, now)).toEqual(new Date("2030-01-31"));
    expect(() => parseExpiry("2029-12-31", undefined, now)).toThrow(/in the past/);
    expect(() => parseExpiry("soon", undefined, now)).toThrow(/90d/);
  });

  it.each([
    ["Ada.Lovelace@example.com", "ada-lovelace"],
    ["__@example.com", "user"],
    ["admin@example.com", "user-admin"],
    [`${"a".repeat(60)}@example.com`, "a".repeat(39)],
  ])("makes a handle of %s", (email, handle) => {
    expect(handleFromEmail(email)).toBe(handle);
  });

  it("refuses what is no e-mail address", () => {
    expect(parseEmail(" Ada@Example.com ")).toBe("ada@example.com");
    expect(() => parseEmail("ada")).toThrow(/e-mail/);
  });
});
