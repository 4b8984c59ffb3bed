/** What files a release may have: the same for the page that takes them in and the service that stores them. */

export const MAX_FILES = 5_000;
/** All files together, bytes. */
export const MAX_TOTAL_BYTES = 50 * 1024 * 1024;
/** Characters. */
export const MAX_PATH_LENGTH = 512;
/** One folder's or file's name, in UTF-8. */
export const MAX_NAME_BYTES = 255;
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
export const CONTROL_CHARACTERS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

/** Equal for paths that some systems can't tell apart: by case or by Unicode form. */
export function foldPath(path: string): string {
  return path.normalize("NFC").toLowerCase();
}
