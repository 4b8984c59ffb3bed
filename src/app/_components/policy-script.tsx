/**
 * What libraries need to live with the content security policy; it must run before any of them.
 * - Toasts, dialogs and 3D models make `<style>` elements and know of no nonce: whatever style element a script makes gets
 *   the page's.
 * - zod would try `eval` to see whether it may, which is reported as an attack: it is told not to.
 */
const PREPARE = `(function () {
  var nonce = document.currentScript.nonce, make = document.createElement, take = document.importNode;
  document.createElement = function () {
    var element = make.apply(document, arguments);
    if (element.tagName === "STYLE") element.nonce = nonce;
    return element;
  };
  document.importNode = function () {
    var node = take.apply(document, arguments);
    if (node.querySelectorAll) node.querySelectorAll("style").forEach(function (style) { style.nonce = nonce; });
    return node;
  };
  globalThis.__zod_globalConfig = { jitless: true };
})();`;

export function PolicyScript({ nonce }: { nonce: string | undefined }) {
  // Browsers hide the nonce from the document, so the server's markup differs on purpose.
  return <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: PREPARE }} />;
}
