/** A `Content-Disposition` that every browser reads right (RFC 6266): a plain name, and the true one in UTF-8. */
export function attachment(options: { name: string; inline?: boolean }): string {
  const { name, inline = false } = options;
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, "_");
  const encoded = encodeURIComponent(name.toWellFormed()).replace(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
  return `${inline ? "inline" : "attachment"}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
