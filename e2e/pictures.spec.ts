/**
 * Takes the pictures of the documentation from the real product, on a fresh server (the account must be free):
 *
 *   E2E_PICTURES=1 npx playwright test pictures
 */
import { EXAMPLES } from "~/pipelines/circuit/examples";
import { openAccount, signIn } from "./support/account";
import { BROKEN_SYNTAX, ENDLESS_BOARD, type SourceText } from "./support/boards";
import { createProductClient } from "./support/product-client";
import { expectPicture } from "./support/pictures";
import { NEAR, SECOND } from "./support/chains";
import { CONTRACT_STAGES, stageHead, STAGES } from "./support/stages";
import { expect, test } from "./support/test";
import { visit } from "./support/visit";

test.setTimeout(600_000);

const MAKER = { name: "Grace Hopper", handle: "grace", email: "grace@example.com", password: "a nanosecond is a foot of wire" };
const AUTHOR = { name: "Ada Lovelace", handle: "ada", email: "ada@example.com", password: "an engine weaves algebra" };

test("a release and the builds of its package", { tag: "@pictures" }, async ({ context, page, baseURL }) => {
  const { request } = context;
  await openAccount({ request, account: AUTHOR });
  await signIn({ request, account: AUTHOR, origin: baseURL ?? "" });
  const client = createProductClient({ request, origin: baseURL ?? "" });
  const files = EXAMPLES.find(({ slug }) => slug === "sensor-bus")?.files ?? [];
  const name = `${AUTHOR.handle}/sensor-bus`;
  const push = ({ change, ref, commit_sha }: { change?: SourceText; ref: string; commit_sha: string }) =>
    client.push({ package: name, files: change === undefined ? files : [...files.filter(({ path }) => path !== change.path), change], ref, commit_sha });

  const first = await push({ ref: "main", commit_sha: "4f1c8a2e9b7d" });
  await client.finished(first.build_id);
  await client.finished((await client.rebuild(first.build_id)).build_id);
  await client.finished((await push({ change: { path: "lib/limits.ts", content: BROKEN_SYNTAX }, ref: "budget", commit_sha: "91d3ac40ef62" })).build_id);
  const endless = await push({ change: { path: "index.tsx", content: ENDLESS_BOARD }, ref: "budget", commit_sha: "d7705b8e1f94" });
  await expect.poll(async () => (await client.get(endless.build_id)).stages[1]?.status).toBe("building");
  await client.cancel(endless.build_id);
  const latest = await push({ change: { path: "lib/limits.ts", content: "export const BUDGET_MA = 120\n" }, ref: "main", commit_sha: "6ea9042c7b18" });
  expect((await client.finished(latest.build_id)).status).toBe("successful");

  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 1440, height: 1000 });
  await visit({ page, address: `/${name}/releases/latest` });
  for (const title of STAGES) await expect(stageHead({ page, title, status: "Successful" })).toBeVisible();
  await expectPicture(page.getByRole("img", { name: /^PCB of / }));
  await page.screenshot({ path: "docs/images/release.png", animations: "disabled" });

  const running = await push({ change: { path: "index.tsx", content: ENDLESS_BOARD }, ref: "main", commit_sha: "0a5d92e84c7f" });
  await visit({ page, address: `/${name}/builds` });
  await expect(page.getByRole("row").filter({ hasText: "#6" })).toContainText("Building");
  await page.setViewportSize({ width: 1440, height: 720 });
  await page.screenshot({ path: "docs/images/builds.png", animations: "disabled" });
  await client.cancel(running.build_id);
});

test("a contract on two chains", { tag: "@pictures" }, async ({ context, page, baseURL }) => {
  const { request } = context;
  await openAccount({ request, account: MAKER });
  await signIn({ request, account: MAKER, origin: baseURL ?? "" });
  const client = createProductClient({ request, origin: baseURL ?? "" });
  const prompt = "Create an ERC-20 token called HyperKit with 1 billion supply, mintable and pausable";
  const name = `${MAKER.handle}/hyperkit`;
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 1440, height: 900 });
  await visit({ page, address: "/new?kind=contract" });
  await page.getByLabel("What shall it be?").fill(prompt);
  await expect(page.getByRole("region", { name: "What was understood" }).getByText("Mintable").first()).toBeVisible();
  await page.screenshot({ path: "docs/images/new-contract.png", animations: "disabled" });

  const build = await client.describe({ prompt, chains: [NEAR.id, SECOND.id], package: name });
  expect((await client.finished(build.build_id)).status).toBe("successful");
  await visit({ page, address: `/${name}/releases/0.1.0?view=deployments` });
  for (const title of CONTRACT_STAGES) await expect(stageHead({ page, title, status: "Successful" })).toBeVisible();
  await expect(page.getByText("2 of 2 chains deployed")).toBeVisible();
  await page.screenshot({ path: "docs/images/contract.png", animations: "disabled" });
});
