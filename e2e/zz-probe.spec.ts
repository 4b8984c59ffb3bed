import { expect, test } from "./support/test";
import { smallPackage } from "./support/boards";
test("probe", async ({ person }) => {
  const t = Date.now();
  const build = await person.client.pushAndFinish({ package: `${person.handle}/light`, files: smallPackage() });
  console.log(Date.now() - t, JSON.stringify(build));
  await person.page.goto(`/${build.package}/releases/${build.version}`);
  await expect(person.page.getByRole("heading", { level: 1 })).toContainText(build.package);
  await person.page.screenshot({ path: "/tmp/e2e/shot.png", fullPage: true });
});
