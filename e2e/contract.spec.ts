/** Contracts in the browser: from words to a chain, asked there, put on more chains, and tried again where a chain was down. */
import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "./support/accessible";
import { FAR, inventKey, MAIN, NEAR, startNode } from "./support/chains";
import { CONTRACT_STAGES, stageHead } from "./support/stages";
import { expect, test } from "./support/test";
import { visit } from "./support/visit";

test.setTimeout(420_000);
const BUILD = { timeout: 150_000 };

const PROMPT = "Create an ERC-20 token called HyperKit with 1 billion supply, mintable and pausable";
const SUPPLY = "1,000,000,000,000,000,000,000,000,000";

/** Pays out before it writes down that it did: the audit knows how to mend that. */
const LEAKY = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

contract Leaky {
    mapping(address => uint256) public balances;

    function deposit() external payable {
        balances[msg.sender] += msg.value;
    }

    function withdraw() external {
        uint256 amount = balances[msg.sender];
        (bool sent, ) = msg.sender.call{value: amount}("");
        require(sent, "not sent");
        balances[msg.sender] = 0;
    }
}
`;

/** Runs whatever code it is given the address of. Nothing mends that. */
const BORROWED = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

contract Borrowed {
    function run(address code, bytes calldata input) external {
        (bool done, ) = code.delegatecall(input);
        require(done, "not done");
    }
}
`;

const tab = (page: Page, name: string): Locator => page.getByRole("tab", { name });
const lane = (page: Page, chain: { name: string }): Locator => page.getByRole("region", { name: "Deployments" }).getByRole("listitem", { name: chain.name, exact: true });

async function expectStages(page: Page, titles: readonly (typeof CONTRACT_STAGES)[number][] = CONTRACT_STAGES): Promise<void> {
  for (const title of titles) await expect(stageHead({ page, title, status: "Successful" })).toBeVisible(BUILD);
}

test("from words to a chain, to one more, and again where it was down", async ({ person }) => {
  const { page, client, handle } = person;
  const home = `/${handle}/hyperkit`;
  test.skip(!(await client.listChains()).some((chain) => chain.chain_id === FAR.id), "this product was started with other chains");

  const key = inventKey();
  await client.setSigner({ workspace: handle, name: FAR.signer, private_key: key });

  await test.step("what is typed is understood at once", async () => {
    await visit({ page, address: "/new?kind=contract" });
    await expect(page.getByRole("radio", { name: /^Contract/ })).toBeChecked();
    const burnable = page.getByRole("switch", { name: "Burnable" });
    await page.getByLabel("What shall it be?").fill("NFT collection called Odd with symbol ODDODDODDODD, burnable");
    await expect(page.getByText("more than 11 characters").first()).toBeVisible();
    await expect(burnable, "what is understood is switched on, also while something else is in the way").toBeChecked();
    await page.getByLabel("What shall it be?").fill(PROMPT);
    await expect(burnable).not.toBeChecked();
    const chips = page.getByRole("region", { name: "What was understood" });
    for (const said of ["HyperKit", "Mintable", "Pausable"]) await expect(chips.getByText(said).first()).toBeVisible();
    await expect(page.getByLabel("Package name")).toHaveValue("hyperkit");
    await expect(page.getByRole("checkbox", { name: new RegExp(`^${NEAR.name} ${NEAR.id}`) })).toBeChecked();
  });

  await test.step("its stages run before one's eyes", async () => {
    await page.getByRole("button", { name: "Build", exact: true }).click();
    await expect(page).toHaveURL(`${home}/builds/1`);
    await page.evaluate(() => document.documentElement.setAttribute("data-seen", "yes"));
    await expectStages(page);
    await expect(page.getByText("latest", { exact: true }).first()).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.hasAttribute("data-seen")), "the page was not loaded again").toBe(true);
  });

  let address = "";
  await test.step("it is deployed", async () => {
    await tab(page, "Deployments").click();
    await expect(lane(page, NEAR)).toContainText("Successful");
    await expect(lane(page, NEAR).getByText("verified", { exact: true })).toBeVisible();
    address = (await lane(page, NEAR).getByText(/^0x[0-9a-fA-F]{40}$/).textContent()) ?? "";
    expect(address).not.toBe("");
    const details = page.getByRole("complementary", { name: "Details" });
    for (const label of ["Generation", "Audit", "Deployment", "Cost"]) await expect(details.getByRole("term").getByText(label, { exact: true })).toBeVisible();
  });

  await test.step("it answers", async () => {
    await tab(page, "ABI").click();
    await page.getByRole("button", { name: "Read totalSupply" }).click();
    await expect(page.getByRole("status", { name: "Answer of totalSupply" })).toContainText(SUPPLY);
    await page.getByRole("form", { name: "balanceOf(address)" }).getByRole("textbox").fill("0x12");
    await page.getByRole("button", { name: "Read balanceOf" }).click();
    await expect(page.getByRole("form", { name: "balanceOf(address)" }).getByRole("alert")).toHaveText("Must be an address: 0x and 40 hex digits.");
    await page.getByRole("form", { name: "balanceOf(address)" }).getByRole("textbox").fill(address);
    await page.getByRole("button", { name: "Read balanceOf" }).click();
    await expect(page.getByRole("status", { name: "Answer of balanceOf" })).toContainText(/^\s*0/);
  });

  await test.step("one more chain, whose node is down: that one fails clearly, the rest is reused", async () => {
    await tab(page, "Deployments").click();
    await page.getByRole("button", { name: "Add a chain" }).click();
    const dialog = page.getByRole("dialog", { name: "Add a chain" });
    await expect(dialog.getByRole("checkbox", { name: new RegExp(`^${NEAR.name} ${NEAR.id}`) })).toHaveCount(0);
    await dialog.getByRole("checkbox", { name: new RegExp(FAR.name) }).click();
    await dialog.getByRole("button", { name: "Deploy" }).click();
    await expect(page).toHaveURL(`${home}/builds/2?view=deployments`);
    await expect(lane(page, FAR)).toContainText("Failed", BUILD);
    await expect(lane(page, FAR).getByRole("alert")).toContainText(FAR.name);
    await expect(lane(page, NEAR)).toContainText("there already");
    await expect(lane(page, NEAR)).toContainText(address);
    for (const title of ["Code generation", "Compilation", "Security audit"] as const) await expect(stageHead({ page, title })).toContainText("cached");
    await expect(stageHead({ page, title: "Deployment", status: "Failed" })).toBeVisible();
    await expectAccessible(page);
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  await test.step("its node is back: trying again puts it there, once", async () => {
    const node = await startNode({ chain: FAR, payer: key });
    try {
      await lane(page, FAR).getByRole("button", { name: `Retry ${FAR.name}` }).click();
      await expect(page).toHaveURL(`${home}/builds/3?view=deployments`);
      await expect(lane(page, FAR)).toContainText("Successful", BUILD);
      await expect(lane(page, FAR).getByText("verified", { exact: true })).toBeVisible();
      await expect(lane(page, FAR).getByRole("link", { name: /^Explorer/ })).toHaveAttribute("href", /^https:\/\/explorer\.example\/address\/0x/);
      await expect(lane(page, NEAR)).toContainText(address);
      expect(await node.countCreations()).toBe(1);
      await tab(page, "ABI").click();
      await page.getByLabel("Ask on").selectOption(FAR.name);
      await page.getByRole("button", { name: "Read totalSupply" }).click();
      await expect(page.getByRole("status", { name: "Answer of totalSupply" })).toContainText(SUPPLY);
    } finally {
      await node.close();
    }
  });
});

test("a main network is confirmed each time, also where it is tried again", async ({ person }) => {
  const { page, client, handle } = person;
  test.skip(!(await client.listChains()).some((chain) => chain.chain_id === MAIN.id), "this product was started with other chains");
  const key = inventKey();
  await client.setSigner({ workspace: handle, name: MAIN.signer, private_key: key });
  const refusal = `Confirm ${MAIN.name}: it is a main network.`;
  const meant = (scope: Page | Locator) => scope.getByRole("checkbox", { name: /^I mean it/ });

  await test.step("the form asks, and leads to where it does", async () => {
    await visit({ page, address: "/new?kind=contract" });
    await page.getByRole("button", { name: "Build", exact: true }).click();
    await expect(page.getByLabel("What shall it be?")).toBeFocused();
    await page.getByLabel("What shall it be?").fill(PROMPT);
    await expect(page.getByLabel("Package name")).toHaveValue("hyperkit");
    await page.getByRole("checkbox", { name: new RegExp(`^${NEAR.name} ${NEAR.id}`) }).click();
    const main = page.getByRole("checkbox", { name: new RegExp(`^${MAIN.name} ${MAIN.id} ?main network`) });
    await main.click();
    await page.getByRole("button", { name: "Build", exact: true }).click();
    await expect(page.getByText(refusal)).toBeVisible();
    await expect(meant(page)).toBeFocused();
    await meant(page).click();
    await page.getByRole("button", { name: "Build", exact: true }).click();
    await expect(page).toHaveURL(`/${handle}/hyperkit/builds/1`);
    await tab(page, "Deployments").click();
    await expect(lane(page, MAIN)).toContainText("Failed", BUILD);
  });

  const node = await startNode({ chain: MAIN, payer: key });
  try {
    await lane(page, MAIN).getByRole("button", { name: `Retry ${MAIN.name}` }).click();
    const dialog = page.getByRole("dialog", { name: "Deploy again" });
    await expect(dialog.getByRole("checkbox", { name: new RegExp(`^${MAIN.name}`) })).toBeChecked();
    await expect(meant(dialog)).not.toBeChecked();
    await dialog.getByRole("button", { name: "Deploy" }).click();
    await expect(dialog.getByText(refusal)).toBeVisible();
    await expectAccessible(page);
    await page.setViewportSize({ width: 1280, height: 800 });
    expect(await node.countCreations()).toBe(0);
    await meant(dialog).click();
    await dialog.getByRole("button", { name: "Deploy" }).click();
    await expect(page).toHaveURL(`/${handle}/hyperkit/builds/2?view=deployments`);
    await expect(lane(page, MAIN)).toContainText("Successful", BUILD);
    await expect(lane(page, MAIN).getByText("verified", { exact: true })).toBeVisible();
    expect(await node.countCreations()).toBe(1);
  } finally {
    await node.close();
  }
});

test("everything of a finished contract is for everybody's eyes and keyboards", async ({ person }) => {
  const { page, client, handle } = person;
  const { build_id: buildId } = await client.describe({ prompt: PROMPT, chains: [NEAR.id], package: `${handle}/hyperkit` });
  expect((await client.finished(buildId)).status).toBe("successful");
  for (const [view, name] of [["source", /^Content of HyperKit/], ["abi", /^ABI of/], ["audit", "Audit"], ["gas", "Gas and size"], ["deployments", "Deployments"]] as const) {
    await visit({ page, address: `/${handle}/hyperkit/builds/1?view=${view}` });
    await expect(page.getByRole("region", { name }).first()).toBeVisible();
    await expectAccessible(page);
    // The narrowest screen: the open tab is in sight, and the page ends where its content does.
    await expect(page.getByRole("tab", { selected: true })).toBeInViewport({ ratio: 0.95 });
    expect(await page.evaluate(() => document.documentElement.scrollHeight - (document.querySelector("main")?.getBoundingClientRect().bottom ?? 0) - window.scrollY), `no empty space below ${view}`).toBeLessThanOrEqual(1);
  }
  await visit({ page, address: `/${handle}/hyperkit` });
  await expect(page.getByRole("list", { name: "Where it is deployed" }).getByRole("listitem").filter({ hasText: NEAR.name })).toContainText(/verified\s*0x[0-9a-fA-F]{40}/);
  await expectAccessible(page);
  await visit({ page, address: `/${handle}/hyperkit/builds/1?view=deployments` });
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole("button", { name: "Add a chain" }).click();
  await expect(page.getByRole("dialog", { name: "Add a chain" }).getByRole("checkbox").first()).toBeVisible();
  await expectAccessible(page);
});

test("a contract that the audit mends shows what was changed, and why", async ({ person }) => {
  const { page, client, handle } = person;
  const { build_id: buildId } = await client.pushContract({ package: `${handle}/leaky`, files: [{ path: "Leaky.sol", content: LEAKY }], chains: [NEAR.id] });
  expect((await client.finished(buildId)).status).toBe("successful");
  await visit({ page, address: `/${handle}/leaky/builds/1` });
  await page.getByRole("button", { name: "What changed" }).click();
  await expect(page.getByRole("region", { name: "What changed in Leaky.sol" })).toContainText(/\d+ added/);
  await expectAccessible(page);
  await page.setViewportSize({ width: 1280, height: 800 });
  await tab(page, "Audit").click();
  const audit = page.getByRole("region", { name: "Audit", exact: true });
  await expect(audit.getByText("The audit passed")).toBeVisible();
  await audit.getByRole("button", { name: "Before the fixes" }).click();
  await expect(audit.getByRole("region", { name: "high findings" }).getByText("fixed since").first()).toBeVisible();
  await audit.getByRole("button", { name: "What changed" }).click();
  await expect(audit.getByRole("region", { name: "Fixed" }).getByRole("listitem").first()).toBeVisible();
  await expectAccessible(page);
});

test("a contract that is dangerous fails its audit, and the page says where", async ({ person }) => {
  const { page, client, handle } = person;
  const { build_id: buildId } = await client.pushContract({ package: `${handle}/borrowed`, files: [{ path: "Borrowed.sol", content: BORROWED }], chains: [NEAR.id] });
  expect((await client.finished(buildId)).error?.stage).toBe("security_audit");
  await visit({ page, address: `/${handle}/borrowed/builds/1?view=audit` });
  const audit = page.getByRole("region", { name: "Audit", exact: true });
  await expect(audit.getByText("The audit failed")).toBeVisible();
  await expect(audit.getByRole("region", { name: "Analyzers" })).toContainText("solhint");
  await expect(audit.getByRole("region", { name: /^Source around line \d+ of Borrowed\.sol$/ }).first()).toContainText("delegatecall");
  await expectAccessible(page);
  await page.setViewportSize({ width: 1280, height: 800 });
  await tab(page, "Deployments").click();
  await expect(page.getByText("Security audit failed, so there is no deployment")).toBeVisible();
});

test("a contract that is on no chain yet is put on one without being built again", async ({ person }) => {
  const { page, client, handle } = person;
  const { build_id: buildId } = await client.describe({ prompt: PROMPT, chains: [], package: `${handle}/later` });
  expect((await client.finished(buildId)).status).toBe("successful");
  await visit({ page, address: `/${handle}/later/releases/0.1.0?view=deployments` });
  await expect(page.getByText("It is on no chain")).toBeVisible();
  await page.getByRole("button", { name: "Add a chain" }).click();
  const dialog = page.getByRole("dialog", { name: "Add a chain" });
  await dialog.getByRole("button", { name: "Deploy" }).click();
  await expect(dialog.getByText("Choose at least one chain.")).toBeVisible();
  await dialog.getByRole("checkbox", { name: new RegExp(`^${NEAR.name} ${NEAR.id}`) }).click();
  await dialog.getByRole("button", { name: "Deploy" }).click();
  await expect(lane(page, NEAR)).toContainText("Successful", BUILD);
  for (const title of ["Code generation", "Compilation", "Security audit"] as const) await expect(stageHead({ page, title })).toContainText("cached");
});
