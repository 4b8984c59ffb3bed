/**
 * Styles that libraries write and that pass by their hashes; no others do. Tests compare them with the libraries.
 *
 * The only `style` attributes that pages may bring in their markup: Radix writes these four, the same on every page, and
 * takes no prop that would keep it from doing so.
 */
import { createHash } from "node:crypto";

export const LIBRARY_STYLES: readonly string[] = [
  // The list of tabs.
  "outline:none",
  // The panel of a tab, as long as it has not been switched.
  "animation-duration:0s",
  // The value that a select shows.
  "pointer-events:none",
  // The system's select under ours, for forms.
  "position:absolute;border:0;width:1px;height:1px;padding:0;margin:-1px;overflow:hidden;clip:rect(0, 0, 0, 0);white-space:nowrap;word-wrap:normal",
];

/** As a content security policy names them. */
export const LIBRARY_STYLE_HASHES: readonly string[] = LIBRARY_STYLES.map((style) => `'sha256-${createHash("sha256").update(style).digest("base64")}'`);

/** The `<style>` element that each 3D model has in its shadow, cloned from a template where no nonce reaches it. */
export const MODEL_VIEWER_STYLE_HASH = "'sha256-F7kvx28zBT3UUQL/hTOYst+55RSmqyCY3muSCYmt6A4='";
