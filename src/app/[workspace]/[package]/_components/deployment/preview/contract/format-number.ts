/** Numbers of any size as people read them; they come as decimal text, for many are beyond what a number holds. */

/** `1000000` → `1,000,000`. Anything that is no whole number stays as it is. */
export function groupDigits(value: string): string {
  const [, sign = "", digits] = /^(-?)(\d+)$/.exec(value) ?? [];
  return digits === undefined ? value : sign + digits.replace(/\B(?=(\d{3})+$)/g, ",");
}

/** Coins with at most six digits that say something: `0.001234567891` → `0.00123456`. Rounds towards zero. */
export function shortenCoins(coins: string): string {
  const [whole = "", fraction = ""] = coins.split(".");
  if (fraction === "") return groupDigits(whole);
  const leading = whole === "0" ? (/^0*/.exec(fraction)?.[0].length ?? 0) : 0;
  const kept = fraction.slice(0, leading + Math.max(2, 6 - (whole === "0" ? 0 : whole.length))).replace(/0+$/, "");
  return kept === "" ? groupDigits(whole) : `${groupDigits(whole)}.${kept}`;
}
