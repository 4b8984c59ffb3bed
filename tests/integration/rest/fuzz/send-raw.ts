/** A request as it is, without what a tidy client would put right. */
import { request as openRequest, type Agent } from "node:http";

export interface Answered {
  status: number;
  type: string;
  text: string;
}

export function sendRaw(options: { url: string; agent: Agent; method: string; path: string; body?: string; headers: Record<string, string> }): Promise<Answered> {
  const { url, agent, method, path, body, headers } = options;
  const length: Record<string, number> = body === undefined ? {} : { "content-length": Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const sent = openRequest({ hostname, port, agent, method, path, headers: { ...headers, ...length } }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, type: response.headers["content-type"] ?? "", text }));
      response.on("error", reject);
    });
    sent.on("error", reject);
    sent.end(body);
  });
}
