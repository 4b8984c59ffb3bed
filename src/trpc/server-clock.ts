"use client";

let offset = 0;

/** Takes the `Date` header of an answer. It has whole seconds only, so small differences are left alone. */
export function noteServerTime({ header }: { header: string | null }): void {
  const serverTime = header === null ? Number.NaN : Date.parse(header);
  if (Number.isNaN(serverTime)) return;
  const difference = serverTime - Date.now();
  offset = Math.abs(difference) < 3000 ? 0 : difference;
}

/** Epoch ms by the server's clock, as far as it is known. */
export function serverNow(): number {
  return Date.now() + offset;
}
