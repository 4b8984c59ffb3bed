/** Finds text in one stage's log. */
import type { Actor } from "~/domain/actor";
import type { ServiceContext } from "../context";
import { findBuild } from "./find-build";
import { streamLogLines } from "./read-log-lines";

const MAX_MATCHES = 5_000;

/** Escape sequences for colours and cursor moves: nobody searches for those, and they may stand inside a word. */
// eslint-disable-next-line no-control-regex -- the escape character is what is looked for
const ESCAPES = /\u001b(?:\[[0-9;:?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\-_])/g;

/** A test for lines that contain the text, whatever its case, colours aside. */
export function containsText(text: string): (line: string) => boolean {
  const wanted = text.toLowerCase();
  return (line) => line.replace(ESCAPES, "").toLowerCase().includes(wanted);
}

export interface SearchLogOptions {
  context: ServiceContext;
  actor: Actor | null;
  buildId: string;
  stage: string;
  q: string;
  stream?: "stdout" | "stderr" | "system";
}

/** `count` is of all lines that match; `matches` are the first 5,000. Throws `not_found` for a build the caller may not see. */
export async function searchLog(options: SearchLogOptions): Promise<{ count: number; matches: { stage_line: number }[] }> {
  const { context, stage } = options;
  const build = await findBuild({ context, actor: options.actor, build: { build_id: options.buildId } });
  const matchesText = containsText(options.q);
  const matches: { stage_line: number }[] = [];
  let count = 0;
  for await (const line of streamLogLines({ context, buildId: build.id, stage })) {
    if (options.stream !== undefined && line.stream !== options.stream) continue;
    if (!matchesText(line.message)) continue;
    count += 1;
    if (matches.length < MAX_MATCHES) matches.push({ stage_line: line.stage_line });
  }
  return { count, matches };
}
