import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAuthBridge } from "~/server/auth/create-auth-bridge";
import type { AuthBridge } from "~/server/auth/auth-bridge";
import { createTestUser } from "../../factories/users";
import { openApiServer, TEST_SECRET, type ApiServer } from "../../support/api-server";
import { ensureFirstAdmin } from "~/server/services/users/ensure-first-admin";
import { MAX_FAILURES, verifyCredentials } from "~/server/services/users/verify-credentials";

let server: ApiServer;
const password = "correct horse battery";

beforeAll(async () => {
  server = await openApiServer();
});
afterAll(() => server.close());

function bridgeOf(options: { signupOpen?: boolean } = {}): AuthBridge {
  return createAuthBridge({ services: server.services, secret: TEST_SECRET, secureCookies: false, github: null, signupOpen: options.signupOpen ?? true });
}

describe("signing in", () => {
  it("holds for the right password alone, whatever the case of the address", async () => {
    const ada = await createTestUser({ services: server.services, password });
    const bridge = bridgeOf();
    expect(await bridge.checkPassword({ email: ` ${ada.email.toUpperCase()} `, password, ip: "192.0.2.10" })).toEqual({ userId: ada.actor.userId });
    expect(await bridge.checkPassword({ email: ada.email, password: "wrong", ip: "192.0.2.10" })).toBeNull();
    expect(await bridge.checkPassword({ email: "nobody@example.org", password, ip: "192.0.2.10" })).toBeNull();
  });

  it("has no password for an account of another provider", async () => {
    const bob = await createTestUser({ services: server.services });
    expect(await verifyCredentials({ context: server.services, email: bob.email, password: "", ip: "192.0.2.11" })).toBeNull();
  });

  it("is refused after too many failures of one account, even with the right password, whether it exists or not", async () => {
    const ada = await createTestUser({ services: server.services, password });
    const bridge = bridgeOf();
    for (const email of [ada.email, "ghost@example.org"]) {
      for (let failure = 0; failure < MAX_FAILURES.email; failure += 1) {
        expect(await bridge.checkPassword({ email, password: "wrong", ip: `192.0.3.${failure}` })).toBeNull();
      }
      expect(await bridge.checkPassword({ email, password, ip: "192.0.3.99" })).toEqual({ refused: expect.stringMatching(/^Too many failed sign-ins/) });
    }
  });

  it("is refused after too many failures from one address, for every account", async () => {
    const ada = await createTestUser({ services: server.services, password });
    const ip = "198.51.100.7";
    await Promise.all(Array.from({ length: MAX_FAILURES.ip }, (_, index) => verifyCredentials({ context: server.services, email: `no-${index}@example.org`, password: "x", ip })));
    await expect(verifyCredentials({ context: server.services, email: ada.email, password, ip })).rejects.toMatchObject({ code: "too_many_requests" });
    expect(await verifyCredentials({ context: server.services, email: ada.email, password, ip: "198.51.100.8" })).not.toBeNull();
  });

  it("lets no more guesses through when they come at once", async () => {
    const ada = await createTestUser({ services: server.services, password });
    const answers = await Promise.allSettled(
      Array.from({ length: MAX_FAILURES.email * 2 }, (_, index) => verifyCredentials({ context: server.services, email: ada.email, password: "wrong", ip: `203.0.113.${index}` })),
    );
    expect(answers.filter((answer) => answer.status === "fulfilled")).toHaveLength(MAX_FAILURES.email);
  });

  it("forgets failures after a success", async () => {
    const ada = await createTestUser({ services: server.services, password });
    const guess = (text: string) => verifyCredentials({ context: server.services, email: ada.email, password: text, ip: "192.0.2.50" });
    for (let round = 0; round < 2; round += 1) {
      for (let failure = 1; failure < MAX_FAILURES.email; failure += 1) await guess("wrong");
      expect(await guess(password)).not.toBeNull();
    }
  });

  it("opens a session that the bridge knows until it is closed", async () => {
    const ada = await createTestUser({ services: server.services });
    const bridge = bridgeOf();
    const id = await bridge.openSession({ userId: ada.actor.userId, userAgent: "x".repeat(5_000) });
    expect(await bridge.holdsSession(id)).toBe(true);
    await bridge.closeSession(id);
    expect(await bridge.holdsSession(id)).toBe(false);
  });
});

describe("signing in with GitHub", () => {
  const profile = (id: string, login: string, email: string | null) => ({ id, login, name: null, email, image: null });

  it("makes the account once, with its workspace, and finds it again", async () => {
    const bridge = bridgeOf();
    const first = await bridge.findGithubUser(profile("1001", "Octo_Cat", "octo@example.org"));
    expect(await bridge.findGithubUser(profile("1001", "renamed", "other@example.org"))).toEqual(first);
    const user = await server.services.database.db.user.findUniqueOrThrow({ where: { email: "octo@example.org" }, include: { personal: true } });
    expect([user.handle, user.personal?.slug]).toEqual(["octo-cat", "octo-cat"]);
  });

  it("finds a free handle, and never a reserved one", async () => {
    const bridge = bridgeOf();
    await bridge.findGithubUser(profile("1002", "twin", "twin1@example.org"));
    await bridge.findGithubUser(profile("1003", "twin", "twin2@example.org"));
    await bridge.findGithubUser(profile("1004", "admin", "admin-of-github@example.org"));
    const handles = await server.services.database.db.user.findMany({ where: { email: { in: ["twin2@example.org", "admin-of-github@example.org"] } }, orderBy: { id: "asc" } });
    expect(handles.map((user) => user.handle)).toEqual(["twin-2", "admin-2"]);
  });

  it("takes over no account that was opened with the same address", async () => {
    const ada = await createTestUser({ services: server.services, password });
    expect(await bridgeOf().findGithubUser(profile("1005", "eve", ada.email.toUpperCase()))).toEqual({ refused: expect.stringContaining("has an account here already") });
    expect(await server.services.database.db.account.count({ where: { userId: ada.actor.userId } })).toBe(0);
  });

  it("needs an address, and an open door", async () => {
    expect(await bridgeOf().findGithubUser(profile("1006", "shy", null))).toEqual({ refused: expect.stringContaining("no verified e-mail") });
    expect(await bridgeOf({ signupOpen: false }).findGithubUser(profile("1007", "late", "late@example.org"))).toEqual({ refused: expect.stringContaining("closed") });
  });
});

describe("signing up", () => {
  const form = (handle: string, email = `${handle}@example.org`) => ({ handle, email, name: "New", password });

  it("opens an account with a workspace of the same name", async () => {
    const { caller } = await server.callAs({});
    const made = await caller.auth.signUp(form("newcomer", " Newcomer@Example.ORG "));
    const user = await server.services.database.db.user.findUniqueOrThrow({ where: { id: made.user_id }, include: { personal: { include: { members: true } } } });
    expect(user).toMatchObject({ email: "newcomer@example.org", role: "user", personal: { slug: "newcomer", members: [{ role: "owner" }] } });
    expect(user.passwordHash).toMatch(/^\$argon2id\$/);
    expect(await verifyCredentials({ context: server.services, email: "newcomer@example.org", password, ip: "192.0.2.60" })).toMatchObject({ id: made.user_id });
  });

  it.each([
    ["a taken address", () => form("someone-else", "first@example.org"), "email"],
    ["a taken handle", () => form("first", "second@example.org"), "handle"],
    ["a reserved handle", () => form("settings"), "handle"],
    ["the admin's handle", () => form("admin"), "handle"],
    ["a handle that can't be", () => form("-Bad-"), "handle"],
    ["a short password", () => ({ ...form("short"), password: "short" }), "password"],
    ["an address that is none", () => form("no-address", "nowhere"), "email"],
  ])("refuses %s by naming the field, and makes nothing", async (_what, make, field) => {
    const { db } = server.services.database;
    const { caller } = await server.callAs({});
    if ((await db.user.count({ where: { handle: "first" } })) === 0) await caller.auth.signUp(form("first"));
    const before = [await db.user.count(), await db.workspace.count()];
    await expect(caller.auth.signUp(make())).rejects.toMatchObject({ cause: { fields: [{ path: field }] } });
    expect([await db.user.count(), await db.workspace.count()]).toEqual(before);
  });

  it("makes one account of two that ask for the same handle at once", async () => {
    const { caller } = await server.callAs({});
    const answers = await Promise.allSettled([caller.auth.signUp(form("race", "race1@example.org")), caller.auth.signUp(form("race", "race2@example.org"))]);
    expect(answers.map((answer) => answer.status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(answers.find((answer) => answer.status === "rejected")).toMatchObject({ reason: { cause: { code: "name_taken" } } });
    expect(await server.services.database.db.user.count({ where: { email: { startsWith: "race" } } })).toBe(1);
  });

  it("can be closed", async () => {
    const closed = await openApiServer({ settings: { signupOpen: false } });
    try {
      const { caller } = await closed.callAs({});
      await expect(caller.auth.signUp(form("late"))).rejects.toMatchObject({ code: "FORBIDDEN" });
      expect((await caller.me.get()).signup_open).toBe(false);
    } finally {
      await closed.close();
    }
  });
});

describe("changing the password", () => {
  it("needs the present one, and signs out every other browser", async () => {
    const ada = await createTestUser({ services: server.services, password });
    const [here, there] = [await ada.cookie(), await ada.cookie()];
    const { caller } = await server.callAs({ cookie: here.cookie });
    await expect(caller.me.changePassword({ current_password: "wrong", new_password: "another long one" })).rejects.toMatchObject({
      cause: { fields: [{ path: "current_password" }] },
    });
    expect((await server.ask("/api/v1/me", { cookie: there.cookie })).json.user).not.toBeNull();
    await caller.me.changePassword({ current_password: password, new_password: "another long one" });
    expect((await server.ask("/api/v1/me", { cookie: here.cookie })).json.user).not.toBeNull();
    expect((await server.ask("/api/v1/me", { cookie: there.cookie })).json.user).toBeNull();
    expect(await verifyCredentials({ context: server.services, email: ada.email, password, ip: "192.0.2.70" })).toBeNull();
    expect(await verifyCredentials({ context: server.services, email: ada.email, password: "another long one", ip: "192.0.2.70" })).not.toBeNull();
  });
});

describe("the first admin", () => {
  it("is made once, with the workspace admin, however many processes start", async () => {
    const { db } = server.services.database;
    const answers = await Promise.all([1, 2, 3].map(() => ensureFirstAdmin({ db })));
    expect(answers.filter((answer) => answer.created)).toEqual([{ email: "admin@localhost", password: expect.stringMatching(/^[\w-]{24}$/), created: true }]);
    expect(answers.filter((answer) => !answer.created)).toEqual(Array(2).fill({ email: "admin@localhost", password: null, created: false }));
    const workspace = await db.workspace.findUniqueOrThrow({ where: { slug: "admin" }, include: { personalUser: true } });
    expect(workspace.personalUser).toMatchObject({ role: "admin", handle: "admin" });
    const made = answers.find((answer) => answer.created)?.password ?? "";
    expect(await verifyCredentials({ context: server.services, email: "admin@localhost", password: made, ip: "192.0.2.80" })).not.toBeNull();
  });
});
