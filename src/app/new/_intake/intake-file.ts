import { MAX_FILES, MAX_TOTAL_BYTES } from "~/domain/release-files";

/** A file on its way into a release. `text` is null for what is not UTF-8 text. */
export interface IntakeFile {
  path: string;
  bytes: Uint8Array;
  text: string | null;
}

/** Something that was left out or needs mending, in words. */
export interface IntakeProblem {
  path: string;
  message: string;
}

export interface IntakeResult {
  files: IntakeFile[];
  /** What can't go in, and why. */
  problems: IntakeProblem[];
  /** How many files were left out because nobody wants them in a release (`node_modules`, `.git`, …). */
  ignored: number;
}

/** The text of the bytes, or null where they are not UTF-8 text (or hold a NUL, as binaries do). */
export function decodeText({ bytes }: { bytes: Uint8Array }): string | null {
  if (bytes.includes(0)) return null;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

export function createIntakeFile({ path, bytes }: { path: string; bytes: Uint8Array }): IntakeFile {
  return { path, bytes, text: decodeText({ bytes }) };
}

export function createTextFile({ path, text }: { path: string; text: string }): IntakeFile {
  return { path, text, bytes: new TextEncoder().encode(text) };
}

export function sumBytes(files: readonly IntakeFile[]): number {
  return files.reduce((sum, file) => sum + file.bytes.byteLength, 0);
}

export function describeTooMany(count: number): string {
  return `${count} files are more than the ${MAX_FILES} of one release. Leave out what is not needed to build it.`;
}

export function describeTooLarge(bytes: number): string {
  return `${Math.ceil(bytes / 1024 / 1024)} MB are more than the ${MAX_TOTAL_BYTES / 1024 / 1024} MB of one release. Leave out what is not needed to build it.`;
}
