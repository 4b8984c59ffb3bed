/** What handles, workspaces, packages, versions and labels may be called. Each rule has the sentence that explains it. */

/** Handles are also workspace slugs, and so the first part of a page's address. */
export const HANDLE_PATTERN = /^[a-z0-9](?:[a-z0-9-]{0,37}[a-z0-9])?$/;
export const HANDLE_RULE = "must be 1 to 39 lower-case letters, digits or hyphens, and neither start nor end with a hyphen";

export const PACKAGE_NAME_PATTERN = /^[a-z0-9][a-z0-9._-]{0,99}$/;
export const PACKAGE_NAME_RULE = "must be 1 to 100 lower-case letters, digits, dots, hyphens or underscores, starting with a letter or digit";

export const LABEL_KEY_PATTERN = /^[a-z0-9][a-z0-9._/-]{0,62}$/i;
export const LABEL_KEY_RULE = "must be 1 to 63 letters, digits, dots, slashes, hyphens or underscores, starting with a letter or digit";

/** What a chain and a workspace call the key that signs. */
export const SIGNER_NAME = /^[a-z0-9][a-z0-9_-]{0,62}$/;
export const SIGNER_RULE = "must be 1 to 63 lower-case letters, digits, hyphens or underscores";

/** First parts of addresses that belong to the pages themselves. `admin` is the first admin's workspace. */
const RESERVED = new Set([
  "_next", "about", "admin", "api", "assets", "auth", "builds", "docs", "favicon", "help", "login", "logout", "me", "metrics", "new",
  "packages", "public", "releases", "robots", "root", "search", "settings", "sign-in", "sign-out", "sign-up", "static", "status",
  "support", "system", "workspaces",
]);

export function isReservedHandle(handle: string): boolean {
  return RESERVED.has(handle);
}

export interface PackageName {
  workspace: string;
  name: string;
}

/** Splits `workspace/name`; null when either part breaks its rule. */
export function parsePackageName(value: string): PackageName | null {
  const [workspace, name, rest] = value.split("/");
  if (workspace === undefined || name === undefined || rest !== undefined) return null;
  return HANDLE_PATTERN.test(workspace) && PACKAGE_NAME_PATTERN.test(name) ? { workspace, name } : null;
}
