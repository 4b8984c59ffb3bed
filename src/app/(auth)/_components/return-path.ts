/** Where to go after signing in: a path of this site, or the start page for anything else (an open redirect helps phishers). */
export function readReturnPath(value: string | null | undefined): string {
  if (value === null || value === undefined) return "/";
  if (!/^\/(?![/\\])/.test(value)) return "/";
  return /^\/sign-(?:in|up)(?:[/?#]|$)/.test(value) ? "/" : value;
}
