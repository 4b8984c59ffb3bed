/** Which modules of a package are boards, and what each is called. */
import { z } from "zod";
import { moduleOf } from "./package-files";

export interface Board {
  /** Unique in the package, safe in a path: `index`, `power-supply`. */
  name: string;
  /** The file as its author knows it. */
  entry: string;
  /** The ES module that it was transpiled to. */
  module: string;
  /** Named by a person or by its file name: then having no board in it is a mistake. */
  explicit: boolean;
}

export type BoardSearch = { boards: readonly Board[] } | { problem: string };

const configSchema = z.object({ mainEntrypoint: z.string().min(1).optional() });

/** `mainEntrypoint` of tscircuit.config.json, or what is wrong with that file. */
export function readMainEntry(config: string): { entry: string | null } | { problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(config);
  } catch (error) {
    return { problem: `tscircuit.config.json is not valid JSON: ${error instanceof Error ? error.message : "unreadable"}. Mend it, or remove the file.` };
  }
  const parsed = configSchema.safeParse(value);
  if (!parsed.success) return { problem: "tscircuit.config.json: mainEntrypoint must be the path of a file, such as \"index.tsx\"." };
  return { entry: parsed.data.mainEntrypoint ?? null };
}

const normalise = (path: string) => path.replace(/^\.?\//, "");
const SUFFIX = /\.(circuit|board)\.js$/;
const INDEX_FOLDERS = ["", "lib/", "src/"];

/** `boards/usb hub.circuit.js` → `usb-hub`. */
function shortName(module: string): string {
  return safeName(module.slice(module.lastIndexOf("/") + 1));
}

function safeName(path: string): string {
  const stem = path.replace(SUFFIX, "").replace(/\.js$/, "");
  return stem.replace(/[^A-Za-z0-9._-]+/g, "-").replace(/^[-.]+|[-.]+$/g, "") || "board";
}

/** Short names where they are unique, else the whole path's. */
function nameAll(modules: readonly string[]): string[] {
  const taken = new Set<string>();
  return modules.map((module) => {
    const isShared = modules.filter((other) => shortName(other) === shortName(module)).length > 1;
    const wanted = isShared ? safeName(module) : shortName(module);
    let name = wanted;
    for (let count = 2; taken.has(name); count += 1) name = `${wanted}-${count}`;
    taken.add(name);
    return name;
  });
}

/**
 * @param modules ES modules of the package, sorted
 * @param sources the package's files, to call an entry by its own name
 * @param configured entries from the build's options or tscircuit.config.json; null: look for them
 */
export function findBoards(options: { modules: readonly string[]; sources: readonly string[]; configured: readonly string[] | null }): BoardSearch {
  const { modules, sources, configured } = options;
  const present = new Set(modules);
  const sourceOf = (module: string) => sources.find((source) => source !== module && moduleOf(source) === module) ?? module;
  if (configured !== null) {
    const wanted = [...new Set(configured.map((entry) => moduleOf(normalise(entry))))];
    const missing = configured.find((entry) => !present.has(moduleOf(normalise(entry))));
    if (missing !== undefined) return { problem: `The configured entry "${missing}" is not a source file of this package: correct its path.` };
    const names = nameAll(wanted);
    return { boards: wanted.map((module, at) => ({ name: names[at] ?? "board", entry: sourceOf(module), module, explicit: true })) };
  }
  const index = INDEX_FOLDERS.map((folder) => `${folder}index.js`).find((module) => present.has(module));
  const named = modules.filter((module) => SUFFIX.test(module));
  const found = index === undefined ? named : [index, ...named];
  if (found.length === 0) {
    return { problem: "No board found: add an index.tsx that exports one as default, or a file named *.circuit.tsx or *.board.tsx, or set mainEntrypoint in tscircuit.config.json." };
  }
  const names = nameAll(found);
  return { boards: found.map((module, at) => ({ name: names[at] ?? "board", entry: sourceOf(module), module, explicit: module !== index })) };
}
