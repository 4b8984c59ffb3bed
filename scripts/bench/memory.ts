/** What each process of the running product has held at most. */
import { readFile } from "node:fs/promises";
import { CHAINS, PROMPT } from "./contract";
import type { Client, Product } from "./product";
import type { Report } from "./report";

const LIMIT_MB = 300;
const NAMES = ["supervisor", "web", "worker", "the largest of PostgreSQL's"] as const;
type Name = (typeof NAMES)[number];

/** Builds a contract beside what was built before, and then looks. Sandboxes have limits of their own, and are no processes of the product. */
export async function measureMemory({ client, product, note }: { client: Client; product: Product; note: Report["note"] }): Promise<void> {
  const { build_id: buildId } = await client.submit({ prompt: PROMPT, chains: CHAINS });
  const { status } = await client.finished(buildId);
  if (status !== "successful") throw new Error(`The contract's build is ${status}.`);
  const peaks = await readPeaks(product.pid);
  note({
    what: `Memory (resident) at most while all that ran and a contract was built: ${NAMES.join(", ")}`,
    figure: NAMES.map((name) => `${Math.round(peaks.get(name) ?? Number.NaN)} MB`).join(", "),
    aim: `each < ${LIMIT_MB} MB`,
    met: NAMES.every((name) => (peaks.get(name) ?? Infinity) < LIMIT_MB),
  });
}

/** In MB of a million bytes, by the kernel's own high-water mark. */
export async function readPeaks(supervisor: number): Promise<Map<Name, number>> {
  const peaks = new Map<Name, number>();
  for (const pid of await listTree(supervisor)) {
    const name = pid === supervisor ? "supervisor" : nameOf(await read(`/proc/${pid}/cmdline`));
    const mb = Number(/VmHWM:\s+(\d+) kB/.exec(await read(`/proc/${pid}/status`))?.[1] ?? 0) * 1024 / 1e6;
    if (name !== null) peaks.set(name, Math.max(mb, peaks.get(name) ?? 0));
  }
  return peaks;
}

function nameOf(commandLine: string): Name | null {
  if (/\0dist\/server\.js\0/.test(commandLine)) return "web";
  if (/\0dist\/worker\.js\0/.test(commandLine)) return "worker";
  return /^(\S*\/)?postgres(:|\0)/.test(commandLine) ? "the largest of PostgreSQL's" : null;
}

async function listTree(pid: number): Promise<number[]> {
  const children = (await read(`/proc/${pid}/task/${pid}/children`)).split(" ").filter((text) => text !== "").map(Number);
  return [pid, ...(await Promise.all(children.map(listTree))).flat()];
}

/** Empty for a process that has ended meanwhile. */
function read(file: string): Promise<string> {
  return readFile(file, "utf8").catch(() => "");
}
