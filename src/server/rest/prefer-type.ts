/** Which of the media types we have a caller would rather get (RFC 9110, `Accept`). */

interface Range {
  type: string;
  q: number;
}

/** The first of `offered` unless another one is named with more weight. What is only covered by `*` counts as not named. */
export function preferType<Type extends string>(options: { accept: string | undefined; offered: readonly [Type, ...Type[]] }): Type {
  const { accept = "", offered } = options;
  const ranges = accept.split(",").map(parseRange);
  const named = offered.flatMap((type) => ranges.flatMap((range, position) => (range.type === type && range.q > 0 ? [{ type, q: range.q, position }] : [])));
  // Of equals the one that stands first, as who lists them without weights means it.
  const [best] = named.sort((a, b) => b.q - a.q || a.position - b.position);
  return best?.type ?? offered[0];
}

function parseRange(text: string): Range {
  const [type = "", ...parameters] = text.split(";").map((part) => part.trim().toLowerCase());
  const weight = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2);
  const q = weight === undefined ? 1 : Number(weight);
  return { type, q: q >= 0 && q <= 1 ? q : 0 };
}
