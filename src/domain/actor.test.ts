import { describe, expect, it } from "vitest";
import { actsAsAdmin, hasScope, type Actor, type TokenScope } from "./actor";

const person: Actor = { userId: "usr_1", handle: "ada", name: "Ada", email: "ada@example.com", image: null, role: "user", via: "session", scopes: [] };
const admin: Actor = { ...person, role: "admin" };
const withToken = (actor: Actor, ...scopes: TokenScope[]): Actor => ({ ...actor, via: "token", scopes });

describe("hasScope", () => {
  it.each<[string, Actor, TokenScope, boolean]>([
    ["a session reads", person, "builds:read", true],
    ["a session writes", person, "builds:write", true],
    ["a user's session is no admin", person, "admin", false],
    ["an admin's session is one", admin, "admin", true],
    ["a reading token reads", withToken(person, "builds:read"), "builds:read", true],
    ["a reading token does not write", withToken(person, "builds:read"), "builds:write", false],
    ["a writing token reads too", withToken(person, "builds:write"), "builds:read", true],
    ["a token without scopes does nothing", withToken(person), "builds:read", false],
    ["an admin's admin token does all", withToken(admin, "admin"), "builds:write", true],
    ["a token that says admin of one who is not any more", withToken(person, "admin"), "admin", false],
  ])("%s", (_what, actor, scope, allowed) => {
    expect(hasScope(actor, scope)).toBe(allowed);
  });
});

it("an admin's token without the scope acts as a plain user", () => {
  expect(actsAsAdmin(admin)).toBe(true);
  expect(actsAsAdmin(withToken(admin, "builds:write"))).toBe(false);
  expect(actsAsAdmin(withToken(admin, "admin"))).toBe(true);
  expect(actsAsAdmin(person)).toBe(false);
});
