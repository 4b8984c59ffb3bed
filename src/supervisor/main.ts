/** The supervisor process: `npm start` (or, with --dev, `npm run dev`) ends up here. */
import path from "node:path";
import { getEnvOrExit, inheritedEnvironment, listUnknownVariables } from "../env";
import { createLocalExecutor } from "../executors/local";
import { findProjectRoot } from "../project-root";
import { productionArguments, PRODUCTION_ENVIRONMENT } from "./node-process";
import { runSupervisor } from "./run-supervisor";
import { processesTouchedBy, watchSources } from "./watch-sources";

/** Ctrl-C arrives twice at once: from the terminal and from npm. Only a later signal means "now!". */
const SAME_REQUEST_MS = 800;

const env = getEnvOrExit();
const root = findProjectRoot();
const dev = process.argv.includes("--dev");
const write = (text: string): void => void process.stdout.write(text);
for (const name of listUnknownVariables()) write(`slipway | warning: ${name} is not a setting of Slipway and is ignored; see .env.example\n`);

const argumentsOf = (program: "server" | "worker", heapMb: number): string[] =>
  dev ? ["--import", "tsx", "--import", "./src/supervisor/follow-parent.ts", `src/${program}.ts`] : productionArguments({ heapMb, program });
const ownEnvironment = dev ? { NODE_ENV: "development" } : PRODUCTION_ENVIRONMENT;

const supervisor = runSupervisor({
  env,
  dev,
  migrationsDir: path.join(root, "prisma/migrations"),
  programs: {
    web: {
      command: process.execPath,
      args: argumentsOf("server", env.heapMb.web),
      cwd: root,
      environment: (shared) => inheritedEnvironment({ ...shared, ...ownEnvironment }),
      readyWithinMs: 120_000,
      drainWithinMs: 15_000,
    },
    worker: {
      command: process.execPath,
      args: argumentsOf("worker", env.heapMb.worker),
      cwd: root,
      environment: (shared) => inheritedEnvironment({ ...shared, ...ownEnvironment }),
      readyWithinMs: 120_000,
      drainWithinMs: 40_000,
    },
  },
  probeIsolation: async () => {
    const executor = createLocalExecutor({ slots: 1, workRoot: path.join(env.dataDir, "sandboxes"), allowInsecure: env.allowInsecureLocal, warmPerKey: 0 });
    try {
      return await executor.probe();
    } finally {
      await executor.close();
    }
  },
  write,
});

let askedAt: number | undefined;
const onSignal = (signal: NodeJS.Signals): void => {
  if (askedAt === undefined) {
    askedAt = Date.now();
    write(`slipway | ${signal}: finishing what is running; once more stops at once\n`);
    supervisor.stop();
  } else if (Date.now() - askedAt > SAME_REQUEST_MS) {
    write("slipway | stopping at once\n");
    supervisor.stop({ force: true });
  }
};
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, onSignal);
// Whoever started us is gone: nobody is left to stop us later.
process.on("disconnect", () => supervisor.stop());
// A closed terminal or log pipe must not end the product.
process.stdout.on("error", () => undefined);

const stopWatching = dev
  ? watchSources({
      folder: path.join(root, "src"),
      onChange: (files) => {
        for (const name of new Set(files.flatMap(processesTouchedBy))) {
          write(`slipway | ${files[0]}${files.length > 1 ? " and others" : ""} changed: starting ${name} again\n`);
          void supervisor.restart(name);
        }
      },
    })
  : () => undefined;

supervisor.ready.catch(() => undefined);
process.exitCode = await supervisor.ended;
stopWatching();
if (process.connected) process.disconnect();
