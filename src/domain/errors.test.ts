import { expect, it } from "vitest";
import { AppError, ERROR_STATUS, invalidField, isAppError, notFound } from "./errors";

it("an error has the status of its code, and words for the caller apart from those for the log", () => {
  const cause = new Error("relation does not exist");
  const error = new AppError("internal", { userMessage: "Something went wrong.", message: "query failed", cause });
  expect(error).toMatchObject({ status: 500, message: "query failed", userMessage: "Something went wrong.", retryable: false, fields: [], cause });
  expect(isAppError(error)).toBe(true);
  expect(isAppError(cause)).toBe(false);
});

it("names the field, and answers what is hidden like what is not there", () => {
  expect(invalidField("files.0.path", "must be relative")).toMatchObject({ code: "validation_failed", status: 422, fields: [{ path: "files.0.path", message: "must be relative" }] });
  expect(notFound("Build")).toMatchObject({ code: "not_found", status: 404, userMessage: expect.stringMatching(/^Build was not found/) });
});

it("no code of a caller's mistake has a server's status", () => {
  const ours = Object.entries(ERROR_STATUS).filter(([, status]) => status >= 500).map(([code]) => code);
  expect(ours.sort()).toEqual(["internal", "not_available", "queue_full", "safe_mode_enabled"]);
});
