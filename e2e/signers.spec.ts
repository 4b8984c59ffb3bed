/** The keys that pay for deployments, set by an owner in the browser. */
import { privateKeyToAddress } from "viem/accounts";
import { expectAccessible } from "./support/accessible";
import { FAR, inventKey } from "./support/chains";
import { expect, test } from "./support/test";
import { visit } from "./support/visit";

test("a key is set where a chain wants it, shown by its address, replaced and removed", async ({ person }) => {
  const { page, client, handle } = person;
  test.skip(!(await client.listChains()).some((chain) => chain.chain_id === FAR.id), "this product was started with other chains");
  const [first, second] = [inventKey(), inventKey()];
  const sent: string[] = [];
  page.on("request", (request) => {
    if ((request.postData() ?? "").includes("private_key")) sent.push(request.url());
  });

  await visit({ page, address: "/settings" });
  const card = page.getByRole("region", { name: "Signing keys" });
  const chain = card.getByRole("list", { name: "Chains that want a key" }).getByRole("listitem").filter({ hasText: FAR.name });
  const key = card.getByRole("list", { name: "Keys", exact: true }).getByRole("listitem").filter({ hasText: FAR.signer });
  await expect(card.getByRole("combobox", { name: "Workspace" })).toHaveText(handle);
  await expect(chain).toContainText("no key");
  await chain.getByRole("button", { name: `Set ${FAR.signer} for ${FAR.name}` }).click();

  const dialog = page.getByRole("dialog");
  await expect(dialog.getByLabel("Name")).toHaveValue(FAR.signer);
  const field = dialog.getByLabel("Private key");
  await expect(field).toHaveAttribute("type", "password");
  await field.fill("0x1234");
  await dialog.getByRole("button", { name: "Set the key" }).click();
  await expect(dialog.getByRole("alert")).toHaveText("The key must be 0x and 64 hex digits.");
  expect(sent).toEqual([]);
  await expectAccessible(page);
  await field.fill(first);
  await dialog.getByRole("button", { name: "Set the key" }).click();

  await expect(key).toContainText(privateKeyToAddress(first));
  await expect(key).toContainText(`pays on ${FAR.name}`);
  await expect(chain).toContainText("key set");
  await expect(dialog).toHaveCount(0);
  expect(sent).toHaveLength(1);
  await expectAccessible(page);

  await key.getByRole("button", { name: `Replace ${FAR.signer}` }).click();
  await dialog.getByLabel("Private key").fill(second);
  await dialog.getByRole("button", { name: "Replace the key" }).click();
  await expect(key).toContainText(privateKeyToAddress(second));
  await page.reload();
  await expect(key).toContainText(privateKeyToAddress(second));
  const content = await page.content();
  for (const secret of [first, second]) expect(content).not.toContain(secret.slice(2));

  await key.getByRole("button", { name: `Remove ${FAR.signer}` }).click();
  await expect(dialog).toContainText(`can't deploy to ${FAR.name}`);
  await dialog.getByRole("button", { name: "Keep it" }).click();
  await expect(key).toHaveCount(1);
  await key.getByRole("button", { name: `Remove ${FAR.signer}` }).click();
  await dialog.getByRole("button", { name: "Remove" }).click();
  await expect(key).toHaveCount(0);
  await expect(chain).toContainText("no key");

  const entries = page.getByRole("region", { name: "Audit log" }).getByRole("listitem");
  await expect(entries).toHaveCount(3);
  for (const [index, { words, key: said }] of [{ words: "removed", key: second }, { words: "replaced", key: second }, { words: "set", key: first }].entries()) {
    await expect(entries.nth(index)).toContainText(`${person.name} ${words} the signing key ${FAR.signer}`);
    await expect(entries.nth(index)).toContainText(privateKeyToAddress(said));
  }
  await expectAccessible(page);
});

test("a chain without its key leads to where it is set", async ({ person }) => {
  const { page, client, handle, context } = person;
  test.skip(!(await client.listChains()).some((chain) => chain.chain_id === FAR.id), "this product was started with other chains");
  await visit({ page, address: "/new?kind=contract" });
  const opening = context.waitForEvent("page");
  await page.getByRole("link", { name: `Set the key ${FAR.signer} in the settings` }).click();
  const settings = await opening;
  await expect(settings).toHaveURL(`/settings?workspace=${handle}#signing-keys`);
  await expect(settings.getByRole("region", { name: "Signing keys" })).toBeInViewport();
});
