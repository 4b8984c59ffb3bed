/** The log of a running build: nothing lost, nothing doubled, and everything in it to be found. */
import { stripVTControlCharacters } from "node:util";
import type { Page } from "@playwright/test";
import { tickingBoard } from "./support/boards";
import { openRelay } from "./support/relay";
import { openStage, stageHead } from "./support/stages";
import { countTo, isInSight, readWholeLog, stageLog, type StageLog } from "./support/stage-log";
import { expect, test, type Person } from "./support/test";
import { visit } from "./support/visit";

const STAGE = "circuit_json_build";
const TITLE = "Circuit JSON build";
const TICKS = 600;

test.setTimeout(240_000);

/** Starts the build and waits on its page until the board has begun to talk. */
async function openTalkingBuild(options: { person: Person; origin?: string; /** The board's own time, at least. */ seconds?: number }) {
  const { person: { page, client, handle }, origin = "", seconds = 15 } = options;
  const content = tickingBoard({ ticks: TICKS, restMs: (seconds * 1000) / (TICKS / 10) });
  const build = await client.push({ package: `${handle}/ticker`, files: [{ path: "index.tsx", content }] });
  await visit({ page, address: `${origin}/${build.package}/builds/${build.number}` });
  const log = stageLog({ page, title: TITLE });
  await expect(log.list.getByText(/^tick \d+$/).first()).toBeVisible({ timeout: 90_000 });
  return { build, log };
}

/** When the stage is over, the page has every line once, in order, and each is what the server has under that number. */
async function expectWholeLog({ person, buildId, log }: { person: Person; buildId: string; log: StageLog }) {
  await expect(stageHead({ page: person.page, title: TITLE, status: "Successful" })).toBeVisible({ timeout: 90_000 });
  await openStage({ page: person.page, title: TITLE });
  // Colours are shown as colours.
  const kept = (await person.client.readLog({ buildId, stage: STAGE })).map(({ line, text }) => ({ line, text: stripVTControlCharacters(text) }));
  await expect(log.total).toHaveText(`${kept.length} lines, complete`);
  const shown = await readWholeLog({ log, total: kept.length });
  expect(shown.map(({ line }) => line)).toEqual(countTo(kept.length));
  expect(shown).toEqual(kept);
  const ticks = shown.flatMap(({ text }) => /^tick (\d+)$/.exec(text)?.[1] ?? []);
  expect(ticks.map(Number)).toEqual(countTo(TICKS));
}

test("a reload in the middle of a build loses no line and doubles none", async ({ person }) => {
  const { build, log } = await openTalkingBuild({ person });
  await person.page.reload();
  await expect(log.total).toHaveText(/lines so far$/);
  await expectWholeLog({ person, buildId: build.build_id, log });
});

test("a lost connection is told, and the log carries on from where it was", async ({ person, baseURL }) => {
  const relay = await openRelay({ target: baseURL ?? "" });
  try {
    const { build, log } = await openTalkingBuild({ person, origin: relay.origin });
    const banner = person.page.getByRole("status").getByText("Reconnecting…");
    await expect(banner).toBeHidden();
    relay.cut();
    await expect(banner).toBeVisible();
    relay.mend();
    await expect(banner).toBeHidden();
    await expectWholeLog({ person, buildId: build.build_id, log });
  } finally {
    await relay.close();
  }
});

test("the end is followed until the reader scrolls up, and again when asked", async ({ person }) => {
  const { build, log } = await openTalkingBuild({ person, seconds: 50 });
  const toLatest = log.region.getByRole("button", { name: "Jump to latest" });
  const atEnd = () => log.list.evaluate((element) => element.scrollHeight - element.scrollTop - element.clientHeight < 40);
  const canScroll = () => log.list.evaluate((element) => element.scrollHeight > element.clientHeight + 200);
  await expect.poll(canScroll).toBe(true);
  await expect.poll(atEnd).toBe(true);
  await expect(toLatest).toBeHidden();

  // Lines come while the reader's hand moves: on a slow machine, often between the two.
  const browser = await person.page.context().newCDPSession(person.page);
  await browser.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await log.list.hover();
  for (let time = 1; time <= 3; time += 1) {
    await test.step(`scrolling up, time ${time}`, async () => {
      await person.page.mouse.wheel(0, -150);
      await expect(toLatest).toBeVisible();
      const before = await log.list.evaluate((element) => ({ top: element.scrollTop, height: element.scrollHeight }));
      await expect.poll(() => log.list.evaluate((element) => element.scrollHeight)).toBeGreaterThan(before.height);
      expect(await log.list.evaluate((element) => element.scrollTop)).toBeLessThanOrEqual(before.top);
      await toLatest.press("Enter");
      await expect(toLatest).toBeHidden();
      await expect.poll(atEnd).toBe(true);
    });
  }
  await person.client.cancel(build.build_id);
});

test("a log that is being read stays open when its stage ends", async ({ person }) => {
  const { page } = person;
  const { log } = await openTalkingBuild({ person, seconds: 3 });
  await log.list.hover();
  await page.mouse.wheel(0, -100);
  await expect(stageHead({ page, title: TITLE, status: "Successful" })).toHaveAttribute("aria-expanded", "true", { timeout: 90_000 });
  await expect(log.total).toHaveText(/lines, complete$/);
});

test("lines have links, search steps with n and N, a stream can be chosen", async ({ person }) => {
  const { page, client, handle } = person;
  const build = await client.pushAndFinish({ package: `${handle}/talker`, files: [{ path: "index.tsx", content: tickingBoard({ ticks: 300, restMs: 1 }) }] });
  const kept = await client.readLog({ buildId: build.build_id, stage: STAGE });
  const address = `/${build.package}/builds/${build.number}`;
  await visit({ page, address });
  await openStage({ page, title: TITLE });
  const log = stageLog({ page, title: TITLE });
  await expect(log.total).toHaveText(`${kept.length} lines, complete`);

  await test.step("a line's number is a link to it", async () => {
    const line = kept.find(({ text }) => text === "tick 7")?.line ?? 0;
    await log.row(line).click();
    await expect(page).toHaveURL(`${address}#${STAGE}-L${line}`);
    await expect(log.region.getByText(`Line ${line} selected`)).toBeVisible();
  });

  await test.step("its address opens the log at that line", async () => {
    const line = kept.find(({ text }) => text === "tick 250")?.line ?? 0;
    const other = await page.context().newPage();
    await visit({ page: other, address: `${address}#${STAGE}-L${line}` });
    const linked = stageLog({ page: other, title: TITLE });
    await expect(linked.row(line)).toHaveAttribute("aria-current", "location");
    await expect.poll(() => isInSight({ list: linked.list, row: linked.row(line) })).toBe(true);
    await other.close();
  });

  await test.step("search counts its lines, and n and N go through them", async () => {
    const wanted = kept.filter(({ text }) => text.includes("tick 29")).map(({ line }) => line);
    expect(wanted).toHaveLength(11);
    await page.keyboard.press("/");
    await expect(log.search).toBeFocused();
    await log.search.fill("tick 29");
    const place = log.region.getByRole("status").filter({ hasText: / lines$/ });
    await expect(place).toHaveText("1 of 11 lines");
    await log.list.focus();
    await page.keyboard.press("n");
    await expect(place).toHaveText("2 of 11 lines");
    await expect.poll(() => isInSight({ list: log.list, row: log.row(wanted[1] ?? 0) })).toBe(true);
    await page.keyboard.press("Shift+N");
    await expect(place).toHaveText("1 of 11 lines");
    await page.keyboard.press("Shift+N");
    await expect(place).toHaveText("11 of 11 lines");
    await expect.poll(() => isInSight({ list: log.list, row: log.row(wanted[10] ?? 0) })).toBe(true);
    await log.search.fill("nothing says this");
    await expect(log.region.getByText("No match")).toBeVisible();
    await log.search.press("Escape");
  });

  await test.step("one stream alone", async () => {
    await chooseStream({ page, log, from: "All output", to: "Standard error" });
    await expect(log.list.getByText(/^warning after tick \d+$/)).toHaveCount(6);
    await expect(log.list.getByText(/^tick \d+$/)).toHaveCount(0);
    await chooseStream({ page, log, from: "Standard error", to: "All output" });
    await expect(log.list.getByText(/^tick \d+$/).first()).toBeVisible();
  });
});

async function chooseStream({ page, log, from, to }: { page: Page; log: StageLog; from: string; to: string }) {
  await log.region.getByRole("button", { name: `Stream: ${from}` }).click();
  await page.getByRole("menuitemradio", { name: to }).click();
}

test("e goes to the error, wherever the reader is", async ({ person }) => {
  const { page, client, handle } = person;
  const content = tickingBoard({ ticks: 400, restMs: 1, lastWords: 'throw new RangeError("no light to drive")' });
  const build = await client.pushAndFinish({ package: `${handle}/thrower`, files: [{ path: "index.tsx", content }] });
  expect(build).toMatchObject({ status: "failed", error: { code: "runtime_error", stage: STAGE } });
  await visit({ page, address: `/${build.package}/builds/${build.number}` });
  const log = stageLog({ page, title: TITLE });
  const error = log.list.getByText(/error runtime_error .*no light to drive/);
  await log.list.evaluate((element) => element.scrollTo({ top: 0 }));
  await expect(log.list.getByText("tick 1", { exact: true })).toBeVisible();
  await expect(error).toBeHidden();
  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.press("e");
  await expect(error).toBeVisible();
  await expect.poll(() => isInSight({ list: log.list, row: error })).toBe(true);
});
