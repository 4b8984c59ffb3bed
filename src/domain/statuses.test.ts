import { describe, expect, it } from "vitest";
import { isFinal, parseBuildStatus, summarizeStages, type BuildStatus, type StageStatus } from "./statuses";

describe("summarizeStages", () => {
  it.each<[StageStatus[], BuildStatus]>([
    [["pending", "pending"], "pending"],
    [["successful", "pending"], "building"],
    [["failed", "building"], "building"],
    [["successful", "successful"], "successful"],
    [["successful", "skipped"], "successful"],
    [["failed", "skipped", "skipped"], "failed"],
    [["failed", "cancelled"], "failed"],
    [["successful", "cancelled"], "cancelled"],
    [[], "successful"],
  ])("%j is %s", (stages, outcome) => {
    expect(summarizeStages(stages)).toBe(outcome);
  });
});

describe("parseBuildStatus", () => {
  it.each([
    ["pending", "pending"], ["queued", "pending"], ["RUNNING", "building"], ["auditing", "building"], ["succeeded", "successful"], ["active", "successful"], ["canceled", "cancelled"],
  ])("%s is %s", (word, status) => {
    expect(parseBuildStatus(word)).toBe(status);
  });

  it("knows no other word", () => {
    expect(parseBuildStatus("done")).toBeUndefined();
    expect(parseBuildStatus("constructor")).toBeUndefined();
  });
});

it("only pending and building go on", () => {
  const all: StageStatus[] = ["pending", "building", "successful", "failed", "cancelled", "skipped"];
  expect(all.filter((status) => !isFinal(status))).toEqual(["pending", "building"]);
});
