/** The product's HTTP API as a signed-in person's browser speaks it: for getting to where a spec begins, and for what a page can't tell. */
import type { APIRequestContext, APIResponse } from "@playwright/test";
import { z } from "zod";
import type { SourceText } from "./boards";

const created = z.object({ build_id: z.string(), release_id: z.string(), package: z.string(), number: z.number(), links: z.object({ html: z.string() }) });
export type StartedBuild = z.infer<typeof created>;

const detail = z.object({
  build_id: z.string(),
  number: z.number(),
  package: z.string(),
  version: z.string(),
  status: z.string(),
  error: z.object({ stage: z.string().nullable(), code: z.string(), message: z.string() }).nullable(),
  stages: z.array(z.object({ key: z.string(), title: z.string(), status: z.string(), cached: z.boolean(), log_lines: z.number() })),
  artifacts: z.array(z.object({ name: z.string(), size: z.number() })),
  log: z.object({ lines: z.number(), complete: z.boolean() }),
});
export type FinishedBuild = z.infer<typeof detail>;

const chainList = z.object({ chains: z.array(z.object({ chain_id: z.number(), name: z.string(), signer: z.string().nullable() })) });

const logPage = z.object({ logs: z.array(z.object({ stage_line: z.number(), message: z.string() })), total: z.number() });

/** A build may wait for others of the suite. */
const BUILD_MS = 120_000;

export interface PushOptions {
  package: string;
  files: readonly SourceText[];
  visibility?: "private" | "public";
  ref?: string;
  commit_sha?: string;
}

export interface ContractOrder {
  prompt: string;
  chains: readonly number[];
  package: string;
}

export type ProductClient = ReturnType<typeof createProductClient>;

/** Every call throws, with the server's words, when it is answered by an error. */
export function createProductClient(options: { request: APIRequestContext; origin: string }) {
  const { request, origin } = options;
  // Changes made with the sign-in cookie must come from the site itself.
  const headers = { origin };

  const client = {
    push: async (push: PushOptions): Promise<StartedBuild> => created.parse(await read(await request.post("/api/v1/builds", { headers, data: { kind: "circuit", visibility: "private", ...push } }))),

    /** A contract in words. */
    describe: async (order: ContractOrder): Promise<StartedBuild> => created.parse(await read(await request.post("/api/v1/builds", { headers, data: { visibility: "private", ...order } }))),

    /** A contract as Solidity. */
    pushContract: async (push: PushOptions & { chains: readonly number[] }): Promise<StartedBuild> => {
      const { chains, ...rest } = push;
      return created.parse(await read(await request.post("/api/v1/builds", { headers, data: { kind: "contract", visibility: "private", options: { chains }, ...rest } })));
    },

    listChains: async () => chainList.parse(await read(await request.get("/api/v1/chains"))).chains,

    /** The key by which a workspace pays on the chains that name this signer. */
    setSigner: async (signer: { workspace: string; name: string; private_key: string }): Promise<void> => void (await read(await request.post("/api/trpc/signers.set", { headers, data: signer }))),

    get: async (buildId: string): Promise<FinishedBuild> => detail.parse(await read(await request.get(`/api/v1/builds/${buildId}`))),

    getNumber: async (options: { package: string; number: number }): Promise<FinishedBuild> => {
      const answer = await read(await request.get("/api/trpc/builds.get", { params: { input: JSON.stringify(options) } }));
      return z.object({ result: z.object({ data: detail }) }).parse(answer).result.data;
    },

    /** Waits for the build's last event: its stream ends there. */
    finished: async (buildId: string): Promise<FinishedBuild> => {
      await read(await request.get(`/api/v1/builds/${buildId}/events`, { headers: { accept: "application/x-ndjson" }, timeout: BUILD_MS }), "text");
      return client.get(buildId);
    },

    pushAndFinish: async (push: PushOptions): Promise<FinishedBuild> => client.finished((await client.push(push)).build_id),

    rebuild: async (buildId: string): Promise<StartedBuild> => created.parse(await read(await request.post(`/api/v1/builds/${buildId}/rebuild`, { headers, data: { mode: "stale" } }))),

    cancel: async (buildId: string): Promise<void> => void (await read(await request.post(`/api/v1/builds/${buildId}/cancel`, { headers }))),

    /** Every line of a stage's log, as the server has them. */
    readLog: async (options: { buildId: string; stage: string }): Promise<{ line: number; text: string }[]> => {
      const lines: { line: number; text: string }[] = [];
      for (;;) {
        const input = { build_id: options.buildId, stage: options.stage, from_stage_line: lines.length + 1, limit: 1000 };
        const answer = await read(await request.get("/api/trpc/builds.logs", { params: { input: JSON.stringify(input) } }));
        const page = z.object({ result: z.object({ data: logPage }) }).parse(answer).result.data;
        lines.push(...page.logs.map(({ stage_line: line, message: text }) => ({ line, text })));
        if (lines.length >= page.total || page.logs.length === 0) return lines;
      }
    },
  };
  return client;
}

async function read(response: APIResponse, as: "json" | "text" = "json"): Promise<unknown> {
  if (!response.ok()) throw new Error(`${response.url()} answered ${response.status()}: ${(await response.text()).slice(0, 2000)}`);
  return as === "text" ? response.text() : response.json();
}
