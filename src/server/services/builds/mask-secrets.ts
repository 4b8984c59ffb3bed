/** Replaces every secret value in a line by `***`. A secret of several lines is masked line by line. */

const SHORTEST = 4;

export function maskSecrets(line: string, secrets: readonly string[]): string {
  let masked = line;
  for (const secret of secrets) {
    for (const part of secret.split("\n")) {
      // Masking very short values would hide ordinary text and, by its gaps, tell the value.
      if (part.length >= SHORTEST) masked = masked.replaceAll(part, "***");
    }
  }
  return masked;
}
