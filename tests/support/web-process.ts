/** A real web process without pages, to be killed by tests. Settings come as JSON in the first argument. */
import { z } from "zod";
import { createWebServer } from "~/server/http/create-web-server";
import { createLogger } from "~/server/logger";
import { createServiceContext } from "~/server/services/create-context";
import { fixtureRegistry } from "./fixture-pipeline";

const settings = z.object({ databaseUrl: z.string(), folder: z.string(), secret: z.string() }).parse(JSON.parse(process.argv[2] ?? "{}"));

const services = await createServiceContext({
  databaseUrl: settings.databaseUrl,
  blobDirectory: `${settings.folder}/blobs`,
  pipelines: fixtureRegistry,
  logger: createLogger({ name: "web", level: "warn" }),
  // What it makes is sent by the worker's sweep.
  createSend: () => () => Promise.resolve(),
  poolSize: 5,
});
const WIDE = { builds: 100_000, writes: 100_000, reads: 100_000 };
const web = createWebServer({
  environment: { services, settings: { signupOpen: true, githubEnabled: false, limits: WIDE }, authSecret: settings.secret, publicUrl: "http://slipway.test" },
  development: false,
  isMigrated: () => Promise.resolve(true),
  pages: () => null,
});
await new Promise<void>((resolve) => web.server.listen(0, "127.0.0.1", resolve));
const address = web.server.address();
if (address === null || typeof address === "string") throw new Error("The server has no port.");
process.once("SIGTERM", () => {
  void web
    .drain()
    .then(() => services.close())
    .then(() => process.exit(0));
});
process.send?.({ type: "ready", url: `http://127.0.0.1:${address.port}` });
