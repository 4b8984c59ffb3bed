/** What a newcomer is offered works: each of the three examples builds by one click. */
import { expectPicture } from "./support/pictures";
import { stageHead, STAGES } from "./support/stages";
import { expect, test } from "./support/test";
import { visit } from "./support/visit";

test.setTimeout(240_000);

const OFFERED = 3;

for (let number = 1; number <= OFFERED; number++) {
  test(`example ${number} of ${OFFERED} builds by one click`, async ({ person }) => {
    const { page, client, handle } = person;
    await visit({ page, address: "/" });
    const examples = page.getByRole("region", { name: "Examples" }).getByRole("button");
    await expect(examples).toHaveCount(OFFERED);
    await examples.nth(number - 1).click();
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
