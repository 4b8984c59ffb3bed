/** The real command line as a process of its own, against a real server and worker over the fixture pipeline. */
import { spawn, type ChildProcess } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { createWebServer, type WebServer } from "~/server/http/create-web-server";
import { bundleCli } from "../../../scripts/bootstrap/bundle-cli.mjs";
import { createTestUser, type TestUser } from "../../factories/users";
import { TEST_SECRET } from "../../support/api-server";
import { openPlatform, type Platform } from "../../support/platform";

const root = fileURLToPath(new URL("../../..", import.meta.url));

export interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  cwd?: string;
  /** Besides the server and the token. */
  env?: Record<string, string>;
  /** Default: the harness's server. */
  server?: string;
  /** `null`: none. */
  token?: string | null;
  input?: string;
}

export interface RunningCli {
  child: ChildProcess;
  /** Resolves once stdout (or stderr) has text that matches. */
  sees(pattern: RegExp, where?: "stdout" | "stderr"): Promise<void>;
  done: Promise<Outcome>;
}

export interface ClientHarness {
  platform: Platform;
  user: TestUser;
  token: string;
  url: string;
  /** A folder that goes when the harness closes. */
  folder: string;
  configFile: string;
  cli: string;
  start(args: readonly string[], options?: RunOptions): RunningCli;
  run(args: readonly string[], options?: RunOptions): Promise<Outcome>;
  /** Makes a folder of these files. */
  put(name: string, files: Record<string, string>): Promise<string>;
  /** A package's name that no other test has. */
  packageName(): string;
  stopServer(): Promise<void>;
  startServer(): Promise<void>;
  close(): Promise<void>;
}

const WIDE = { builds: 100_000, writes: 100_000, reads: 100_000 };
/** Longer than anything here takes: a hung command fails its test, not the run. */
const HUNG_MS = 50_000;

export async function openClientHarness(options: { worker: boolean }): Promise<ClientHarness> {
  const folder = await mkdtemp(path.join(tmpdir(), "slipway-client-"));
  await symlink(path.join(root, "node_modules"), path.join(folder, "node_modules"));
  await bundleCli({ outdir: path.join(folder, "dist") });
  const cli = path.join(folder, "dist/cli.js");
  const platform = await openPlatform();
  if (options.worker) await platform.startWorker();
  const user = await createTestUser({ services: platform.context });
  const { token } = await user.token();
  let web: WebServer | undefined;
  let port = 0;
  let packages = 0;
  const running = new Set<ChildProcess>();

  const harness: ClientHarness = {
    platform, user, token, folder, cli,
    get url() {
      return `http://127.0.0.1:${port}`;
    },
    configFile: path.join(folder, "config/slipway/config.json"),
    start(args, { cwd = folder, env = {}, server = harness.url, token: given = token, input = "" } = {}) {
      const child = spawn(process.execPath, [cli, ...args], {
        cwd,
        env: {
          PATH: process.env.PATH, HOME: folder, XDG_CONFIG_HOME: path.join(folder, "config"), NODE_ENV: "production",
          ...(server === "" ? {} : { SLIPWAY_SERVER: server }), ...(given === null ? {} : { SLIPWAY_TOKEN: given }), ...env,
        },
        stdio: ["pipe", "pipe", "pipe"],
      });
      running.add(child);
      return watch({ child, input, onEnd: () => running.delete(child) });
    },
    run: (args, runOptions) => harness.start(args, runOptions).done,
    async put(name, files) {
      const target = path.join(folder, name);
      for (const [file, text] of Object.entries(files)) {
        await mkdir(path.dirname(path.join(target, file)), { recursive: true });
        await writeFile(path.join(target, file), text);
      }
      return target;
    },
    packageName: () => `${user.handle}/scripts-${(packages += 1)}`,
    async stopServer() {
      await web?.drain({ graceMs: 1_000 });
      web = undefined;
    },
    async startServer() {
      const { server } = (web = createWebServer({
        environment: { services: platform.context, settings: { signupOpen: true, githubEnabled: false, limits: WIDE }, authSecret: TEST_SECRET, publicUrl: "http://slipway.test", metricsToken: undefined },
        development: false,
        isMigrated: () => Promise.resolve(true),
        pages: () => null,
      }));
      await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
      const address = server.address();
      if (address === null || typeof address === "string") throw new Error("The server has no port.");
      port = address.port;
    },
    async close() {
      for (const child of running) child.kill("SIGKILL");
      await harness.stopServer();
      await platform.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  await harness.startServer();
  return harness;
}

function watch(options: { child: ReturnType<typeof spawn>; input: string; onEnd: () => void }): RunningCli {
  const { child } = options;
  const texts = { stdout: "", stderr: "" };
  const waiting = new Set<() => void>();
  const wake = (): void => {
    for (const check of waiting) check();
  };
  for (const name of ["stdout", "stderr"] as const) {
    child[name]?.setEncoding("utf8").on("data", (text: string) => {
      texts[name] += text;
      wake();
    });
  }
  child.stdin?.on("error", () => undefined);
  child.stdin?.end(options.input);
  const hung = setTimeout(() => child.kill("SIGKILL"), HUNG_MS);
  let ended = false;
  const done = new Promise<Outcome>((resolve) => {
    child.once("close", (code) => {
      clearTimeout(hung);
      ended = true;
      options.onEnd();
      wake();
      resolve({ code, ...texts });
    });
  });
  return {
    child,
    done,
    sees: (pattern, where = "stdout") =>
      new Promise((resolve, reject) => {
        const check = (): void => {
          const found = pattern.test(texts[where]);
          if (!found && !ended) return;
          waiting.delete(check);
          if (found) resolve();
          else reject(new Error(`${where} never had ${pattern}.\nstdout: ${texts.stdout}\nstderr: ${texts.stderr}`));
        };
        waiting.add(check);
        check();
      }),
  };
}

/** Every line of it as JSON; throws when one is not. */
export function parseLines(text: string): Record<string, unknown>[] {
  return text.trimEnd().split("\n").map((line) => JSON.parse(line));
}

export const ESCAPE = "\u001b";
