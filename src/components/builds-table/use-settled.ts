"use client";

import { useEffect, useState } from "react";

/** The value once it has not changed for a while: what is asked of the server while someone types. */
export function useSettled<Value>({ value, afterMs }: { value: Value; afterMs: number }): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), afterMs);
    return () => clearTimeout(timer);
  }, [value, afterMs]);
  return settled;
}
