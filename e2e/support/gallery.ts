/** Someone with a package in every finished state, made once for all tests of a worker that only look. */
import { expect, type BrowserContextOptions } from "@playwright/test";
import { inventAddress, openAccount, signIn } from "./account";
import { BROKEN_SYNTAX, smallPackage } from "./boards";
import { createProductClient } from "./product-client";
import { test as base } from "./test";

export interface Gallery {
  /** The cookies of its owner. */
  storageState: BrowserContextOptions["storageState"];
  handle: string;
  /** `handle/lights`: build 1 of release 0.1.0 is successful, build 2 of release 0.2.0 failed. */
  package: string;
}

export const test = base.extend<object, { gallery: Gallery }>({
  gallery: [
    async ({ browser }, use, workerInfo) => {
      const origin = workerInfo.project.use.baseURL ?? "";
      const context = await browser.newContext({ baseURL: origin, extraHTTPHeaders: { "x-forwarded-for": inventAddress() } });
      const { request } = context;
      const account = await openAccount({ request });
      await signIn({ request, account, origin });
      const client = createProductClient({ request, origin });
      const name = `${account.handle}/lights`;
      const good = await client.pushAndFinish({ package: name, files: smallPackage() });
      const bad = await client.pushAndFinish({ package: name, files: [{ path: "index.tsx", content: BROKEN_SYNTAX }] });
      expect([good.status, good.number, bad.status, bad.number]).toEqual(["successful", 1, "failed", 2]);
      await use({ storageState: await context.storageState(), handle: account.handle, package: name });
      await context.close();
    },
    { scope: "worker", timeout: 240_000 },
  ],
});
