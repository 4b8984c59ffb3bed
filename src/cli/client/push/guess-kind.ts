/** What kind of package a folder holds, where its files say so clearly. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { usageError } from "../command-error";
import type { FoundFile } from "./collect-files";

export const KINDS = ["circuit", "contract", "python", "function", "project"] as const;
export type Kind = (typeof KINDS)[number];

const manifestSchema = z.object({ dependencies: z.record(z.string(), z.string()), devDependencies: z.record(z.string(), z.string()), peerDependencies: z.record(z.string(), z.string()) }).partial();

/** Throws a usage error when nothing, or more than one thing, can be told from the files. */
export async function guessKind(options: { files: readonly FoundFile[] }): Promise<Kind> {
  const { files } = options;
  const names = files.map((file) => path.posix.basename(file.path));
  const has = (pattern: RegExp): boolean => names.some((name) => pattern.test(name));
  const found: Kind[] = [];
  if (has(/^tscircuit\.config\.json$|\.(circuit|board)\.tsx$/) || (await isCircuit(files))) found.push("circuit");
  if (has(/\.(sol|vy)$/)) found.push("contract");
  if (has(/^(pyproject\.toml|setup\.py|setup\.cfg|requirements\.txt)$/)) found.push("python");
  const [only, ...others] = found;
  if (only !== undefined && others.length === 0) return only;
  throw usageError(only === undefined ? "The files do not say what kind of package this is." : `The files look like more than one kind of package: ${found.join(", ")}.`, `Say which: --kind ${KINDS.join("|")}`);
}

async function isCircuit(files: readonly FoundFile[]): Promise<boolean> {
  const manifest = files.find((file) => file.path === "package.json");
  if (manifest !== undefined) {
    const { dependencies, devDependencies, peerDependencies } = parseManifest(await readFile(manifest.file, "utf8"));
    if (Object.keys({ ...dependencies, ...devDependencies, ...peerDependencies }).some((name) => name === "tscircuit" || name === "@tscircuit/core")) return true;
  }
  const entries = files.filter((file) => /^((lib|src)\/)?index\.[jt]sx$/.test(file.path));
  const texts = await Promise.all(entries.map((entry) => readFile(entry.file, "utf8")));
  return texts.some((text) => /<(board|group|chip|resistor)\b/.test(text));
}

function parseManifest(text: string): z.infer<typeof manifestSchema> {
  try {
    return manifestSchema.catch({}).parse(JSON.parse(text));
  } catch {
    return {};
  }
}
