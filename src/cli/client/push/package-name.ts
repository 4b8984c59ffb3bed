/** A package's name from what a folder or a manifest is called. */
import { PACKAGE_NAME_PATTERN } from "~/domain/names";

/** `@ada/Blinky Light` → `blinky-light`; undefined when nothing is left of it. */
export function toPackageName(name: string): string | undefined {
  const last = name.split("/").at(-1) ?? "";
  const plain = last.toLowerCase().replace(/[^a-z0-9._-]+/g, "-").replace(/^[^a-z0-9]+|-+$/g, "").slice(0, 100);
  return PACKAGE_NAME_PATTERN.test(plain) ? plain : undefined;
}
