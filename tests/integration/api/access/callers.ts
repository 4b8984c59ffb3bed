/** Who asks, and what each kind of caller is answered. */
import { addMember, createTestUser, type TestUser } from "../../../factories/users";
import type { ApiServer, AskOptions } from "../../../support/api-server";

export const CALLERS = ["anonymous", "outsider", "viewer", "member", "owner", "browser", "elsewhere", "admin", "modest admin", "reader", "expired", "revoked"] as const;
export type Caller = (typeof CALLERS)[number];

/** `ok`: the caller may; else the status that says why not. */
export type Expected = Record<Caller, "ok" | 401 | 403 | 404>;

const BAD_TOKENS = { expired: 401, revoked: 401 } as const;

/** What anyone may do; a token that does not hold is told so all the same. */
export const anyone: Expected = {
  anonymous: "ok", outsider: "ok", viewer: "ok", member: "ok", owner: "ok", browser: "ok", elsewhere: "ok", admin: "ok", "modest admin": "ok", reader: "ok", ...BAD_TOKENS,
};
/** Probes and the like, which look at no token. */
export const unguarded: Expected = { ...anyone, expired: "ok", revoked: "ok" };
/** Looking into the private package. */
export const reads: Expected = { ...anyone, anonymous: 404, outsider: 404, "modest admin": 404 };
/** Changing it. */
export const writes: Expected = { ...reads, anonymous: 401, viewer: 403, elsewhere: 403, reader: 403 };
export const signedIn: Expected = { ...anyone, anonymous: 401 };
/** Something of the caller's own, with a token that may write. */
export const makes: Expected = { ...signedIn, elsewhere: 403, reader: 403 };
/** An account's own affairs: with the browser alone. */
export const sessionReads: Expected = {
  anonymous: 401, outsider: 403, viewer: 403, member: 403, owner: 403, browser: "ok", elsewhere: "ok", admin: 403, "modest admin": 403, reader: 403, ...BAD_TOKENS,
};
export const sessionWrites: Expected = { ...sessionReads, elsewhere: 403 };
export const adminOnly: Expected = {
  anonymous: 401, outsider: 403, viewer: 403, member: 403, owner: 403, browser: 403, elsewhere: 403, admin: "ok", "modest admin": 403, reader: 403, ...BAD_TOKENS,
};

export const PASSWORD = "the owner's password";

export interface Cast {
  owner: TestUser;
  /** Credentials of one call: a browser signs in anew each time. */
  credentials(caller: Caller): Promise<AskOptions>;
}

export async function createCast(server: ApiServer): Promise<Cast> {
  const { services } = server;
  const owner = await createTestUser({ services, password: PASSWORD });
  const [member, viewer, outsider, admin] = [
    await createTestUser({ services }),
    await createTestUser({ services }),
    await createTestUser({ services }),
    await createTestUser({ services, role: "admin" }),
  ];
  await addMember({ services, workspaceId: owner.workspaceId, user: member, role: "member" });
  await addMember({ services, workspaceId: owner.workspaceId, user: viewer, role: "viewer" });
  const revoked = await owner.token();
  await services.database.db.apiToken.update({ where: { id: revoked.id }, data: { revokedAt: new Date() } });
  const tokens = {
    outsider: (await outsider.token()).token,
    viewer: (await viewer.token()).token,
    member: (await member.token()).token,
    owner: (await owner.token()).token,
    admin: (await admin.token(["admin"])).token,
    // An admin's token without the scope admin acts as a plain user.
    "modest admin": (await admin.token(["builds:write"])).token,
    // The owner's own token, but for reading alone.
    reader: (await owner.token(["builds:read"])).token,
    expired: (await owner.token(["builds:read", "builds:write"], new Date(Date.now() - 1_000))).token,
    revoked: revoked.token,
  };
  return {
    owner,
    async credentials(caller) {
      if (caller === "anonymous") return {};
      if (caller === "browser") return { cookie: (await owner.cookie()).cookie };
      if (caller === "elsewhere") return { cookie: (await owner.cookie()).cookie, origin: "https://evil.example" };
      return { token: tokens[caller] };
    },
  };
}
