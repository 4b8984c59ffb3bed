"use client";

import { useEffect, useRef, useState, type RefObject } from "react";

/** Brings the first field of a form that is marked as wrong into sight and puts the reader there: it may be far above the button that was pressed. */
export function useProblemFocus(): { form: RefObject<HTMLDivElement | null>; focusProblem: () => void } {
  const form = useRef<HTMLDivElement>(null);
  const [asked, setAsked] = useState(0);
  // Fields are marked by the same update that asks.
  useEffect(() => {
    if (asked > 0) form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [asked]);
  return { form, focusProblem: () => setAsked((before) => before + 1) };
}
