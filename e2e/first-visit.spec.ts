/** What a newcomer is offered works: each example builds by one click. */
import { EXAMPLES as BOARDS } from "~/pipelines/circuit/examples";
import { EXAMPLES as CONTRACTS } from "~/pipelines/contract/examples";
import { expectPicture } from "./support/pictures";
import { CONTRACT_STAGES, stageHead, STAGES } from "./support/stages";
import { expect, test } from "./support/test";
import { visit } from "./support/visit";

test.setTimeout(240_000);

for (const { title: example } of BOARDS) {
  test(`example ${example} builds by one click`, async ({ person }) => {
    const { page, client, handle } = person;
    await visit({ page, address: "/" });
    await page.getByRole("region", { name: "Examples" }).getByRole("button").filter({ hasText: example }).click();
    await page.waitForURL(new RegExp(`/${handle}/[^/]+/builds/1$`));
    const name = new URL(page.url()).pathname.split("/")[2] ?? "";

    for (const title of STAGES) await expect(stageHead({ page, title, status: "Successful" })).toBeVisible({ timeout: 150_000 });
    await expectPicture(page.getByRole("img", { name: /^PCB of / }));

    const build = await client.getNumber({ package: `${handle}/${name}`, number: 1 });
    const made = build.artifacts.map((artifact) => artifact.name);
    const boards = made.flatMap((artifact) => /^boards\/([^/]+)\/circuit\.json$/.exec(artifact)?.[1] ?? []);
    expect(boards.length).toBeGreaterThan(0);
    for (const board of boards) expect(made).toEqual(expect.arrayContaining(["pcb.svg", "schematic.svg", "3d.glb", "gerbers.zip", "bom.csv"].map((file) => `boards/${board}/${file}`)));

    await visit({ page, address: "/" });
    const card = page.getByRole("region", { name: "Packages" }).getByRole("link").filter({ hasText: name });
    await expect(card).toContainText("Successful");
    await expectPicture(card.locator("img"));
  });
}

for (const { title: example, slug } of CONTRACTS) {
  test(`example ${example} builds by one click`, async ({ person }) => {
    const { page, client, handle } = person;
    await visit({ page, address: "/" });
    await page.getByRole("region", { name: "Examples" }).getByRole("button").filter({ hasText: example }).click();
    await page.waitForURL(new RegExp(`/${handle}/${slug}/builds/1$`));
    for (const title of CONTRACT_STAGES.slice(0, 3)) await expect(stageHead({ page, title, status: "Successful" })).toBeVisible({ timeout: 150_000 });
    const build = await client.getNumber({ package: `${handle}/${slug}`, number: 1 });
    expect(build.artifacts.map((artifact) => artifact.name)).toEqual(expect.arrayContaining(["compiled.json", "standard-input.json"]));
  });
}
