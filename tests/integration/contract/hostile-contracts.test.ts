/** Contracts that are made to harm who asks them: what they answer is bounded, told in words, and never a fault of ours. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { readContract } from "~/server/services/deployments/read-contract";
import { DEV_KEY, startTestAnvil, type TestAnvil } from "../../support/anvil";
import { compileTrickster } from "../../support/compile-contract";
import { giveSigner, pushContract } from "../../support/contract-builds";
import { openPlatform, type Platform } from "../../support/platform";

let anvil: TestAnvil;
let platform: Platform;
let buildId: string;

beforeAll(async () => {
  anvil = await startTestAnvil({ chainId: 901 });
  platform = await openPlatform({ chains: [{ id: 901, name: "First", testnet: true, unit: "TST", explorerUrl: null, signer: "dev", confirmations: 1, receiptTimeoutMs: 20_000, rpc: { kind: "url", url: anvil.url } }] });
  await giveSigner(platform, "dev", DEV_KEY);
  await platform.startWorker();
  buildId = await pushContract(platform, compileTrickster(), { chains: [901] });
  expect(await platform.finished(buildId)).toBe("successful");
});
afterAll(async () => {
  await platform.close();
  await anvil.stop();
});

const ask = (functionName: string, ...args: number[]) => readContract({ context: platform.context, actor: platform.actor, buildId, chainId: 901, functionName, args });

it("answers what it answers honestly, a picture of 200 KB among it", async () => {
  expect((await ask("greeting")).outputs).toEqual([{ name: "", type: "string", value: "hello" }]);
  expect((await ask("pointers", 1, 3)).outputs).toMatchObject([{ type: "bytes[]", value: ["0x000000"] }]);
  expect(String((await ask("picture", 200_000)).outputs[0]?.value)).toHaveLength(2 + 400_000);
});

it.each<[string, string, number[], RegExp]>([
  ["an answer that is cut off", "short", [], /not of the types in its interface \(string\)/],
  ["values that are none of their types", "dirty", [], /not of the types in its interface \(bool, address\)/],
  ["a megabyte", "picture", [1_000_000], /at most 262144 are shown/],
  ["kilobytes that would be gigabytes", "pointers", [4_000, 100_000], /not of the types in its interface/],
])("refuses %s", async (_, name, args, words) => {
  await expect(ask(name, ...args)).rejects.toMatchObject({ code: "answer_not_readable", userMessage: expect.stringMatching(words) });
});

it.each<[string, string, number[], RegExp]>([
  ["would be gigabytes", "refusal", [4_000, 100_000], /with \d{6} bytes, which are too many/],
  ["is short but points to itself", "refusal", [100, 4_000], /refused/],
  ["goes on and on", "scream", [7_000], /refused: A{1000}…$/],
])("tells of a refusal that %s", async (_, name, args, words) => {
  await expect(ask(name, ...args)).rejects.toMatchObject({ code: "call_reverted", userMessage: expect.stringMatching(words) });
});
