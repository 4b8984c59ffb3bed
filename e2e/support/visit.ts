/**
 * Opening a page as a person does: looking first, pressing then. What the server sends can be read before React has
 * taken it over, and a key or a click in between is lost; nobody is that quick, but a test is.
 */
import type { BrowserContext, Page, Response } from "@playwright/test";

declare global {
  interface Window {
    /** Whether everything there is to press in the page has its listeners. */
    isAlive?: boolean;
  }
}

/** Makes every page of the context note when React, after an update with all its effects, has all controls of the page. */
export async function noteLife(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const look = () => {
      const controls = [...document.querySelectorAll("main a, main button, main input, main textarea, header button")];
      window.isAlive = controls.every((control) => Object.keys(control).some((key) => key.startsWith("__reactProps")));
    };
    // What React tells its developer tools.
    Object.assign(window, { __REACT_DEVTOOLS_GLOBAL_HOOK__: { supportsFiber: true, inject: () => 1, onCommitFiberRoot: () => undefined, onCommitFiberUnmount: () => undefined, onPostCommitFiberRoot: look } });
  });
}

/** Goes to `address` and waits until it can be used. Resolves to the answer that brought the page. */
export async function visit({ page, address }: { page: Page; address: string }): Promise<Response | null> {
  const response = await page.goto(address);
  await page.waitForFunction(() => window.isAlive === true);
  return response;
}
