/** Reading the job: `job.json` with the options and `files/` with the package. Paths are relative and `/`-separated. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

export function readJob({ inputDir }) {
  return JSON.parse(readFileSync(path.join(inputDir, "job.json"), "utf8"));
}

/** Every regular file below `directory`, sorted by code unit so that the order is the same on every machine. */
export function listFiles({ directory }) {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(directory, path.join(entry.parentPath, entry.name)).split(path.sep).join("/"))
    .sort((a, b) => (a < b ? -1 : 1));
}

/** Writes one output and returns its entry for the result. */
export function writeOutput({ outputDir, name, content, mediaType }) {
  const target = path.join(outputDir, "artifacts", name);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, content);
  return { name, mediaType };
}

/** A message of bounded length on one line: results are limited in size. */
export function shorten(message, limit = 600) {
  const line = String(message).replace(/\s+/g, " ").trim();
  return line.length > limit ? `${line.slice(0, limit - 1)}…` : line;
}
