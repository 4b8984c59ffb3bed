/** The version of a new release: the one asked for, or the next patch. */
import semver from "semver";
import { AppError, invalidField } from "~/domain/errors";

const FIRST = "0.1.0";

/** Throws `validation_failed` when it is not semver. */
export function checkVersion(version: string): string {
  if (/^\d\S*$/.test(version) && semver.parse(version) !== null) return version;
  throw invalidField("version", `must be a semantic version such as 1.4.0 or 2.0.0-beta.1; got "${version.slice(0, 60)}". Leave it out for the next patch.`);
}

/** Throws `version_taken`. `highest`: versions of the package among which its highest is. */
export function chooseVersion(options: { requested: string | undefined; isTaken: boolean; highest: readonly string[] }): string {
  const { requested, isTaken, highest } = options;
  const next = nextVersion(highest);
  if (requested === undefined) return next;
  if (!isTaken) return requested;
  throw new AppError("version_taken", {
    userMessage: `Version ${requested} exists already. Choose another, such as ${next}, or leave it out for the next one.`,
    fields: [{ path: "version", message: `is taken. The next one is ${next}.` }],
  });
}

/** The patch after the highest; `0.1.0` for the first. */
export function nextVersion(versions: readonly string[]): string {
  const highest = versions.filter((version) => semver.valid(version) !== null).sort(semver.rcompare)[0];
  return (highest === undefined ? null : semver.inc(highest, "patch")) ?? FIRST;
}
