import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { Client } from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { BUS_CHANNEL, encodeNotice, type Bus } from "~/server/realtime/bus";
import { openBus } from "~/server/realtime/open-bus";
import { currentLogFields, withLogFields } from "~/telemetry/log-scope";
import { createTestDatabase, type TestDatabase } from "../../support/database";

let database: TestDatabase;
let relay: { url: string; stop(): void; start(): Promise<void> };
let sql: Client;
beforeAll(async () => {
  database = await createTestDatabase();
  relay = await openRelay(new URL(database.url));
  sql = new Client({ connectionString: database.url });
  await sql.connect();
});
afterAll(async () => {
  relay.stop();
  await sql.end();
  // Fails when the bus left a connection.
  await database.drop();
});

/** A way to the database that can be closed and opened again. */
async function openRelay(target: URL): Promise<typeof relay> {
  const sockets = new Set<Socket>();
  let server: Server;
  let port = 0;
  const start = async (): Promise<void> => {
    server = createServer((incoming) => {
      const outgoing = connect(Number(target.port), target.hostname);
      for (const [one, other] of [[incoming, outgoing], [outgoing, incoming]] as const) {
        sockets.add(one);
        one.pipe(other);
        one.on("error", () => other.destroy()).on("close", () => other.destroy());
      }
    }).listen(port, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("The relay has no port.");
    port = address.port;
  };
  await start();
  const url = new URL(target);
  url.host = `127.0.0.1:${port}`;
  return {
    url: url.href,
    start,
    stop() {
      server.close();
      for (const socket of sockets) socket.destroy();
      sockets.clear();
    },
  };
}

it("keeps to one connection through an outage, tells each notice once, and logs nothing in a caller's name", async () => {
  const logged: { message: string; fields: object }[] = [];
  const log = (_fields: object, message: string): void => void logged.push({ message, fields: currentLogFields() });
  const count = (message: string): number => logged.filter((line) => line.message.startsWith(message)).length;
  const bus: Bus = openBus({ databaseUrl: relay.url, logger: { debug: log, info: log, warn: log, error: log } });
  const told: { key: string; reconnected: boolean; fields: object }[] = [];
  for (const requestId of ["req_first", "req_second"]) {
    await withLogFields({ fields: { requestId }, run: () => bus.subscribe("build", requestId, ({ key, reconnected }) => void told.push({ key, reconnected, fields: currentLogFields() })) });
  }

  relay.stop();
  await expect.poll(() => count("bus cannot connect"), { timeout: 20_000 }).toBeGreaterThanOrEqual(4);
  await relay.start();
  await expect.poll(() => told.length, { timeout: 20_000 }).toBe(2);
  expect(told.map(({ reconnected }) => reconnected)).toEqual([true, true]);
  expect(count("bus connection lost")).toBe(1);

  for (const requestId of ["req_first", "req_second"]) await sql.query("SELECT pg_notify($1, $2)", [BUS_CHANNEL, encodeNotice("build", requestId)]);
  await expect.poll(() => told.at(-1)).toEqual({ key: "req_second", reconnected: false, fields: { requestId: "req_second" } });
  expect(told.slice(2)).toHaveLength(2);
  expect(told.every(({ key, fields }) => JSON.stringify(fields) === JSON.stringify({ requestId: key }))).toBe(true);
  expect(logged.map(({ fields }) => fields)).toEqual(logged.map(() => ({})));
  const listening = await sql.query("SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND query = $1", [`LISTEN ${BUS_CHANNEL}`]);
  expect(listening.rowCount).toBe(1);
  await bus.close();
});
