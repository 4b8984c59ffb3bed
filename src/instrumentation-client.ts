/**
 * What libraries need to live with the content security policy. Next runs this in the browser before any code of a page,
 * also of one that is drawn in the browser alone, such as that of an address where nothing is.
 * - Toasts and dialogs make `<style>` elements and know of no nonce: whatever style element a script makes gets
 *   the page's.
 * - zod would try `eval` to see whether it may, which is reported as an attack: it is told not to.
 */

/** Where zod keeps its settings; it may not be imported here, because its schemas are made as modules load. */
Reflect.set(globalThis, "__zod_globalConfig", { jitless: true });

const nonce = document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce;
if (nonce !== undefined && nonce !== "") giveNonce(nonce);

function giveNonce(value: string): void {
  const make: typeof document.createElement = document.createElement.bind(document);
  document.createElement = (name: string, options?: ElementCreationOptions): HTMLElement => {
    const element = make(name, options);
    if (element instanceof HTMLStyleElement) element.nonce = value;
    return element;
  };
}
