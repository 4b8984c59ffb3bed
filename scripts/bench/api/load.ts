/** Load over HTTP: so many clients at once, at a given rate together or each as fast as its answers come. */
import { Agent, request } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { median, percentile } from "../statistics";

export interface Ask {
  method: "GET" | "POST" | "DELETE";
  path: string;
  body?: object;
}

export interface LoadOptions {
  url: string;
  /** One a client. */
  tokens: readonly string[];
  seconds: number;
  /** Requests a second of all clients together, evenly spaced; undefined: each client sends the next when it has its answer. */
  rate?: number;
  /** The next request of a client, null when it has no more; `turn` counts all requests from 0. */
  next(options: { client: number; turn: number }): Ask | null;
}

export interface LoadResult {
  requests: number;
  perSecond: number;
  /** From when a request was due to its whole answer, ms: what waited for a free client counts. */
  p50: number;
  p95: number;
  max: number;
  /** Answers that were no success, and connections that broke. */
  failures: number;
  firstFailure: string | undefined;
}

export async function runLoad(options: LoadOptions): Promise<LoadResult> {
  const { tokens, rate, seconds } = options;
  const agent = new Agent({ keepAlive: true, maxSockets: tokens.length });
  const times: number[] = [];
  const failed: string[] = [];
  let turn = 0;
  const began = performance.now();
  const until = began + seconds * 1000;
  const sendOne = async (client: number, due: number): Promise<boolean> => {
    const ask = options.next({ client, turn: turn++ });
    if (ask === null) return false;
    const answer = await send({ agent, url: options.url, token: tokens[client] ?? "", ask });
    times.push(performance.now() - due);
    if (answer.status >= 300) failed.push(`${answer.status} ${answer.body.slice(0, 300)}`);
    return true;
  };
  const runClient = async (client: number): Promise<void> => {
    // With a rate, each client has a timetable of its own, shifted against the others'.
    const pause = rate === undefined ? 0 : (tokens.length / rate) * 1000;
    for (let due = began + (pause * client) / tokens.length; due < until; due += pause) {
      if (rate === undefined) due = performance.now();
      else if (due > performance.now()) await delay(due - performance.now());
      if (due >= until) return;
      if (!(await sendOne(client, due))) return;
    }
  };
  await Promise.all(tokens.map((_, client) => runClient(client)));
  const took = (performance.now() - began) / 1000;
  agent.destroy();
  return { requests: times.length, perSecond: times.length / took, p50: median(times), p95: percentile(times, 0.95), max: percentile(times, 1), failures: failed.length, firstFailure: failed[0] };
}

function send({ agent, url, token, ask }: { agent: Agent; url: string; token: string; ask: Ask }): Promise<{ status: number; body: string }> {
  return new Promise((resolve) => {
    const body = ask.body === undefined ? undefined : JSON.stringify(ask.body);
    const sent = request(`${url}${ask.path}`, { method: ask.method, agent, headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { "content-type": "application/json", "content-length": Buffer.byteLength(body) }) } }, (answer) => {
      const parts: Buffer[] = [];
      answer.on("data", (part: Buffer) => parts.push(part));
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(parts).toString() }));
      answer.on("error", (error) => resolve({ status: 599, body: String(error) }));
    });
    sent.on("error", (error) => resolve({ status: 599, body: String(error) }));
    sent.end(body);
  });
}
