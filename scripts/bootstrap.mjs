/**
 * The way in: makes the machine ready, then does what was asked for.
 *
 *   start    build if needed, and run everything, supervised
 *   dev      the same with hot reload, without building
 *   test     every check and test there is
 *   bench    the measurements of docs/performance.md
 *   bench-api  those of the HTTP API with a million builds
 *   prepare  only make ready what `start` needs
 */
import { launch } from "./bootstrap/launch.mjs";
import { prepare } from "./bootstrap/prepare.mjs";
import { BootstrapError, explainFault, say } from "./bootstrap/shell.mjs";
import { everything, start } from "./bootstrap/start.mjs";

const [verb = "", ...rest] = process.argv.slice(2);

const verbs = {
  start: () => start(rest),
  dev: async () => launch(await prepare({ ...everything, server: false, web: false }), ["--import", "tsx", "src/supervisor/main.ts", "--dev", ...rest], { extraEnvironment: { NODE_ENV: "development" }, ownGroup: true }),
  test: async () => {
    const { runAllTests } = await import("./bootstrap/run-all-tests.mjs");
    return runAllTests(await prepare({ ...everything, web: false, server: false }), rest);
  },
  bench: async () => launch(await prepare(everything), ["--import", "tsx", "scripts/bench/main.ts", ...rest]),
  "bench-api": async () => launch(await prepare({ server: true, web: true }), ["--import", "tsx", "scripts/bench/api/main.ts", ...rest]),
  // Development of the database: writes the next migration. See scripts/db/create-migration.ts.
  migration: async () => launch(await prepare({}), ["--import", "tsx", "scripts/db/create-migration.ts", ...rest]),
  // The types by which the tests call the API, after its document changed.
  "openapi-types": async () => launch(await prepare({}), ["--import", "tsx", "scripts/openapi/write-client-types.ts"]),
  seed: async () => launch(await prepare({ toolchains: true }), ["--import", "tsx", "scripts/db/seed.ts"]),
  "seed-builds": async () => launch(await prepare({}), ["--import", "tsx", "scripts/db/seed-builds-command.ts", ...rest]),
  prepare: async () => {
    await prepare(everything);
    return 0;
  },
};

try {
  const perform = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
  if (perform === undefined) throw new BootstrapError(`unknown command "${verb}". There are: ${Object.keys(verbs).join(", ")}.`);
  process.exitCode = await perform();
} catch (error) {
  say(explainFault(error));
  process.exitCode = 1;
}
