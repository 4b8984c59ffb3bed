/** Where an Inngest server calls this worker's functions over HTTP: `/api/inngest` on a port of its own. */
import { createServer } from "node:http";
import { serve } from "inngest/node";
import type { Inngest, InngestFunction } from "inngest";
import type { Logger } from "~/server/services/context";

export interface OpenFunctionEndpointOptions {
  client: Inngest.Any;
  functions: InngestFunction.Any[];
  host: string;
  port: number;
  logger: Logger;
}

export interface FunctionEndpoint {
  /** Takes no more calls and waits for those under way, at most `waitMs`. */
  close(options: { waitMs: number }): Promise<void>;
}

export async function openFunctionEndpoint(options: OpenFunctionEndpointOptions): Promise<FunctionEndpoint> {
  const { client, functions, host, port, logger } = options;
  const handler = serve({ client, functions });
  const server = createServer((request, response) => {
    if (request.url?.startsWith("/api/inngest") === true) void handler(request, response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  logger.info({ host, port }, "functions are served to the Inngest server at /api/inngest");
  return {
    close: ({ waitMs }) =>
      new Promise((resolve) => {
        const timer = setTimeout(() => server.closeAllConnections(), waitMs);
        server.close(() => {
          clearTimeout(timer);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}
