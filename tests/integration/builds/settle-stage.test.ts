/** What a stage says of itself is a maker's own words, and the end of a stage is kept whatever they are. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { claimStage } from "~/server/services/builds/claim-stage";
import { settleStage } from "~/server/services/builds/settle-stage";
import { openPlatform, type Platform } from "../../support/platform";

let platform: Platform;
beforeAll(async () => {
  platform = await openPlatform();
});
afterAll(() => platform.close());

it("keeps an end whose words the database can't hold as they are", async () => {
  const { context } = platform;
  const { buildId } = await platform.push({ first: "true" });
  const answer = await claimStage({ context, buildId, key: "first", workerId: "wrk_test" });
  if (!answer.claimed) throw new Error("The stage could not be claimed.");
  const words = "import \"a\u0000b.sol\" \ud800 is not there";
  const error = { code: "import_not_found", message: words, location: { file: "C.sol", line: 3, column: 8, excerpt: words } };
  const report = { errorCount: 1, warningCount: 0, findings: [{ severity: "error" as const, code: "import_not_found", message: words }], facts: { words } };
  const end = { status: "failed" as const, artifacts: [], inputs: null, fingerprint: null, cachedFromId: null, reason: words, error, errorLine: null, report, insecure: false };
  expect(await settleStage({ context, stage: answer.claim.stage, end })).toBe("failed");
  const stage = await context.database.db.buildStage.findUniqueOrThrow({ where: { id: answer.claim.stage.id } });
  const kept = "import \"a\u2400b.sol\" \ufffd is not there";
  expect(stage).toMatchObject({ status: "failed", errorMessage: kept, reason: kept, errorLocation: { excerpt: kept }, report: { facts: { words: kept } } });
});
