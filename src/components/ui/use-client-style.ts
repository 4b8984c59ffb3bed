"use client";

import { useSyncExternalStore, type CSSProperties } from "react";

const neverChanges = () => () => undefined;

/**
 * The style, once React has taken the page over. A `style` attribute in the server's markup would be inline style, which
 * the content security policy refuses; what React sets afterwards is not.
 */
export function useClientStyle<Style extends CSSProperties>(style: Style): Style | undefined {
  const isClient = useSyncExternalStore(neverChanges, () => true, () => false);
  return isClient ? style : undefined;
}
