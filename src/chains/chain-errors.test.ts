import { BaseError, ExecutionRevertedError } from "viem";
import { expect, it } from "vitest";
import { toChainError } from "./chain-errors";

// A contract chooses its own words, and a database keeps no text with NUL in it.
it("a contract's words for refusing lose what can't be shown", () => {
  const revert = new ExecutionRevertedError({ message: "Bad\u0000\u0000name\u0007\u009b with \ud800half" });
  const { code, message } = toChainError(new BaseError("call", { cause: revert }), "Local");
  expect(code).toBe("reverted");
  expect(message).toMatch(/Bad name/);
  expect(message).not.toMatch(/\p{Cc}/u);
  expect(message.isWellFormed()).toBe(true);
});
