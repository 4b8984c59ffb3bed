/** Packages that can not or must not be built: each is told apart in words that help, and the platform goes on. */
import { BROKEN_SYNTAX, HOARDING_BOARD, LONELY_IMPORT, LOOPING_BOARD, smallPackage, type SourceText } from "./support/boards";
import { openStage, stageHead, stageSection, type StageTitle } from "./support/stages";
import { expect, test } from "./support/test";
import { visit } from "./support/visit";

/** An endless loop is ended after 30 s of processor time or 60 s by the clock. */
test.setTimeout(240_000);

interface Hostile {
  what: string;
  files: SourceText[];
  stage: StageTitle;
  code: string;
  message: RegExp;
  /** Where the section says the fault is. */
  place?: string;
}

const PACKAGES: readonly Hostile[] = [
  {
    what: "an endless loop",
    files: [{ path: "index.tsx", content: LOOPING_BOARD }],
    stage: "Circuit JSON build",
    code: "time_limit",
    // On a busy machine the clock may run out first.
    message: /^Rendering (used up its processor time|took too long)\. Look for an endless loop/,
  },
  {
    what: "an allocation of 2 GB",
    files: [{ path: "index.tsx", content: HOARDING_BOARD }],
    stage: "Circuit JSON build",
    code: "memory_limit",
    message: /^Rendering used more memory than it may\./,
  },
  {
    what: "a missing import",
    files: [{ path: "index.tsx", content: LONELY_IMPORT }],
    stage: "Transpilation",
    code: "module_not_found",
    message: /^index\.tsx:1:22 .*"\.\/lib\/lamp".*No file of this package/,
    place: "index.tsx:1:22",
  },
  {
    what: "a syntax error",
    files: [...smallPackage(), { path: "lib/size.ts", content: BROKEN_SYNTAX }],
    stage: "Transpilation",
    code: "syntax_error",
    message: /^lib\/size\.ts:1:\d+ .*expected/,
    place: "lib/size.ts:1:",
  },
  {
    what: "no board",
    files: [{ path: "lib/part.ts", content: "export const ohms = 330\n" }],
    stage: "Circuit JSON build",
    code: "no_board",
    message: /add an index\.tsx/,
  },
];

for (const { what, files, stage, code, message, place } of PACKAGES) {
  test(`${what} fails with its own message, and the platform stays up`, async ({ person }) => {
    const { page, client, handle } = person;
    const started = await client.push({ package: `${handle}/hostile`, files });
    await visit({ page, address: `/${started.package}/builds/${started.number}` });
    await expect(stageHead({ page, title: stage, status: "Failed" })).toBeVisible({ timeout: 150_000 });
    await openStage({ page, title: stage });
    const section = stageSection({ page, title: stage });
    await expect(section.getByRole("paragraph").filter({ hasText: message })).toBeVisible();
    const about = section.getByRole("paragraph").filter({ has: page.getByText(code, { exact: true }) });
    await expect(about).toBeVisible();
    if (place !== undefined) await expect(about).toContainText(place);

    const build = await client.finished(started.build_id);
    expect(build).toMatchObject({ status: "failed", error: { code } });
    await visit({ page, address: `/${started.package}/builds` });
    await expect(page.getByRole("row").filter({ hasText: "#1" }).getByText(message)).toBeVisible();

    const after = await client.push({ package: `${handle}/hostile`, files: [{ path: "README.md", content: "# still there\n" }] });
    expect((await client.finished(after.build_id)).status).toBe("failed");
    expect((await page.request.get("/api/health/ready")).status()).toBe(200);
  });
}
