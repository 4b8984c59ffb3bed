/** What the load asks for: builds, releases and pages that its callers may see. */
import { z } from "zod";
import type { Database } from "../../../src/server/db/client";

export interface Targets {
  /** A build that client number `client` may see; another one each turn. */
  buildOf(client: number, turn?: number): string;
  releaseOf(client: number): string;
  /** Ids of builds over all users. */
  someBuilds: readonly string[];
  /** The first page, and pages half-way and at the end of the list. */
  listPages(options: { url: string; token: string }): Promise<{ title: string; query: string }[]>;
  push(options: { handle: string; turn: number }): object;
}

const BUILDS_PER_CALLER = 200;
const page = z.object({ next_cursor: z.string(), total: z.number() });

export async function chooseTargets({ database }: { database: Database }): Promise<Targets> {
  const { rows } = await database.pool.query<{ ids: string[]; release: string; oldest: string; middle: string }>(`
    SELECT ARRAY(SELECT id FROM build WHERE workspace_id = w.id ORDER BY id DESC LIMIT ${BUILDS_PER_CALLER}) AS ids,
           (SELECT release_id FROM build WHERE workspace_id = w.id ORDER BY id DESC LIMIT 1) AS release,
           (SELECT id FROM build WHERE workspace_id = w.id ORDER BY id OFFSET 150 LIMIT 1) AS oldest,
           (SELECT id FROM build WHERE workspace_id = w.id ORDER BY id OFFSET 5000 LIMIT 1) AS middle
    FROM workspace w WHERE w.slug LIKE 'load-%' ORDER BY w.personal_user_id`);
  return {
    buildOf: (client, turn = 0) => rows[client]?.ids[turn % BUILDS_PER_CALLER] ?? "none",
    releaseOf: (client) => rows[client]?.release ?? "none",
    someBuilds: rows.flatMap((row) => row.ids),
    async listPages({ url, token }) {
      const answer = await fetch(`${url}/api/v1/builds?limit=100`, { headers: { authorization: `Bearer ${token}` } });
      const { next_cursor: cursor, total } = page.parse(await answer.json());
      // A cursor as the server made it, moved to another place of the list.
      const at = (id: string) => encodeURIComponent(Buffer.from(JSON.stringify([id, ...z.array(z.unknown()).parse(JSON.parse(Buffer.from(cursor, "base64url").toString())).slice(1)])).toString("base64url"));
      const first = rows[0];
      return [
        { title: `the first of ${total.toLocaleString("en")}`, query: "" },
        { title: "by cursor, half-way", query: `&cursor=${at(first?.middle ?? "")}` },
        { title: "by cursor, at the end", query: `&cursor=${at(first?.oldest ?? "")}` },
        { title: "failed ones", query: "&status=failed" },
      ];
    },
    push: ({ handle, turn }) => ({
      kind: "circuit",
      package: `${handle}/pushed-${turn % 5}`,
      files: [
        { path: "index.tsx", content: `export default () => <board width="10mm" height="10mm" name="b${turn}-${Date.now()}" />\n` },
        { path: "package.json", content: `{"name": "pushed-${turn}", "version": "1.0.0"}\n` },
        { path: "README.md", content: `# Number ${turn}\n` },
      ],
    }),
  };
}
