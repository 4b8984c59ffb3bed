import { describe, expect, it } from "vitest";
import { toAppError } from "./error-mapping";

const withCode = (code: string): Error => Object.assign(new Error("write failed at /srv/slipway/blobs"), { code });

describe("a fault of the machine", () => {
  it.each([
    ["of the blobs", withCode("ENOSPC")],
    ["of the user's quota", new Error("storing failed", { cause: withCode("EDQUOT") })],
    ["of the database, as its driver says it", Object.assign(new Error("query failed"), { cause: { kind: "postgres", originalCode: "53100" } })],
  ])("that is a full disk %s is told as one, without a path", (_whose, error) => {
    expect(toAppError(error)).toMatchObject({ code: "not_available", status: 503, retryable: true, userMessage: expect.stringMatching(/^(?!.*srv).*disk is full/), cause: error });
  });

  it("that is a database away is told as one", () => {
    expect(toAppError(new Error("query failed", { cause: withCode("57P03") }))).toMatchObject({ code: "not_available", retryAfterSeconds: 3, userMessage: expect.stringContaining("database") });
  });

  it.each([
    ["has no connection to spare", withCode("P2028")],
    ["ran into another transaction", Object.assign(new Error("query failed"), { cause: { kind: "postgres", originalCode: "40P01" } })],
  ])("of a database that %s is one to wait out", (_what, error) => {
    expect(toAppError(error)).toMatchObject({ code: "not_available", status: 503, retryAfterSeconds: 3, userMessage: expect.stringMatching(/too much to do.*nothing of this was stored/) });
  });

  it("that is any other is not told", () => {
    expect(toAppError(withCode("EIO"))).toMatchObject({ code: "internal", status: 500 });
  });
});
