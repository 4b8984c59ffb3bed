import { describe, expect, it } from "vitest";
import { checkVersion, chooseVersion, nextVersion } from "./choose-version";

describe("versions", () => {
  it.each([
    [[], "0.1.0"],
    [["0.1.0"], "0.1.1"],
    [["0.9.0", "0.10.0", "0.2.0"], "0.10.1"],
    [["1.0.0", "2.0.0-beta.1"], "2.0.0"],
    [["1.0.0+build.7"], "1.0.1"],
    [["not-semver"], "0.1.0"],
  ])("after %j comes %s", (existing, next) => {
    expect(nextVersion(existing)).toBe(next);
  });

  it.each(["1.0.0", "0.0.1", "1.2.3-rc.1", "1.0.0+meta"])("%s may be asked for", (version) => {
    expect(checkVersion(version)).toBe(version);
  });

  it.each(["1", "1.0", "v1.0.0", "=1.0.0", "latest", "1.0.0 ", "01.0.0", ""])("%j may not", (version) => {
    expect(() => checkVersion(version)).toThrow(/must be a semantic version/);
  });

  it("is taken once", () => {
    expect(chooseVersion({ requested: "1.1.0", isTaken: false, highest: ["1.0.0"] })).toBe("1.1.0");
    expect(() => chooseVersion({ requested: "1.0.0", isTaken: true, highest: ["1.0.0"] })).toThrow(expect.objectContaining({ code: "version_taken" }));
  });
});
