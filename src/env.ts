/**
 * Configuration by environment, and the only reader of `process.env`. Every variable stands here once, and in
 * `.env.example` with its story (a test compares the two). An empty value counts as unset.
 */
import { existsSync } from "node:fs";
import { availableParallelism, homedir } from "node:os";
import path from "node:path";
import { z } from "zod";

/** The exit code of a process that found its configuration wrong (EX_CONFIG): restarting it would not help. */
export const CONFIG_EXIT_CODE = 78;

const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;

const TRUE_WORDS = ["true", "1", "yes", "on"];
const FALSE_WORDS = ["false", "0", "no", "off"];

const flag = z
  .string()
  .toLowerCase()
  .refine((word) => [...TRUE_WORDS, ...FALSE_WORDS].includes(word), "is neither true nor false: write true or false")
  .transform((word) => TRUE_WORDS.includes(word));

function wholeNumber(min: number, max: number) {
  const message = `must be a whole number from ${min} to ${max}`;
  return z.string().regex(/^\d+$/, message).transform(Number).refine((value) => value >= min && value <= max, message);
}

function urlOf(protocols: readonly string[], example: string) {
  const fix = `must be a URL such as ${example}`;
  return z.string().refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol), fix);
}

const httpUrl = (example: string) => urlOf(["http:", "https:"], example).transform((value) => value.replace(/\/+$/, ""));

/** Values separated by commas, each read by `read`, which answers null for what is none. */
function listOf<Item>(read: (text: string) => Item | null, message: string) {
  return z.string().transform((value, context): Item[] =>
    value.split(",").map((part) => part.trim()).filter((part) => part !== "").flatMap((part) => {
      const item = read(part);
      if (item === null) context.addIssue({ code: "custom", message });
      return item === null ? [] : [item];
    }),
  );
}

function readOrigin(text: string): string | null {
  if (text === "*") return text;
  if (!URL.canParse(text)) return null;
  const { origin, protocol } = new URL(text);
  return (protocol === "https:" || protocol === "http:") && text.toLowerCase().replace(/\/$/, "") === origin ? origin : null;
}

/** A host is one by HTTPS; plain HTTP must be asked for. */
function readGitHost(text: string): AllowedGitHost | null {
  const address = /^https?:\/\//i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(address)) return null;
  const { protocol, hostname, port, pathname, username, search } = new URL(address);
  if ((protocol !== "https:" && protocol !== "http:") || hostname === "" || pathname !== "/" || username !== "" || search !== "") return null;
  return { protocol, hostname, port: port === "" ? (protocol === "https:" ? 443 : 80) : Number(port) };
}

const cores = availableParallelism();

const FAIL_ON = ["critical", "high", "medium", "low", "none"] as const;
const ANALYZERS = ["slither", "slipway", "solhint", "solc", "forge"] as const;
const readAnalyzer = (text: string) => ANALYZERS.find((name) => name === text) ?? null;

const variables = z.object({
  NODE_ENV: z.enum(["development", "production", "test"], "must be development, production or test").default("production"),
  HOST: z.string().default("127.0.0.1"),
  PORT: wholeNumber(1, 65_535).default(3000),
  PUBLIC_URL: httpUrl("https://slipway.example.com").optional(),
  SLIPWAY_DATA_DIR: z.string().default(".slipway").transform((folder) => path.resolve(folder)),
  DATABASE_URL: urlOf(["postgres:", "postgresql:"], "postgresql://user:password@host:5432/slipway").optional(),
  INNGEST_BASE_URL: httpUrl("https://inngest.example.com").optional(),
  INNGEST_EVENT_KEY: z.string().optional(),
  INNGEST_SIGNING_KEY: z.string().optional(),
  SLIPWAY_FUNCTIONS_HOST: z.string().default("127.0.0.1"),
  SLIPWAY_FUNCTIONS_PORT: wholeNumber(1, 65_535).default(3939),
  STORAGE_DRIVER: z.enum(["disk"], "must be disk").default("disk"),
  STORAGE_DIR: z.string().transform((folder) => path.resolve(folder)).optional(),
  AUTH_SECRET: z.string().min(32, "is shorter than 32 characters: make one with `openssl rand -base64 48`").optional(),
  SLIPWAY_SECRET_KEY: z.string().min(32, "is shorter than 32 characters: make one with `openssl rand -base64 48`").optional(),
  SLIPWAY_CHAINS: z.string().optional(),
  SLIPWAY_CHAINS_FILE: z.string().transform((file) => path.resolve(file)).optional(),
  GITHUB_ID: z.string().optional(),
  GITHUB_SECRET: z.string().optional(),
  SLIPWAY_ADMIN_EMAIL: z.email("must be an e-mail address such as admin@example.com").optional(),
  SLIPWAY_ADMIN_PASSWORD: z.string().min(12, "is shorter than 12 characters: choose a longer one, or unset it to have one generated").optional(),
  SLIPWAY_SIGNUP: z.enum(["open", "closed"], "must be open or closed").default("open"),
  SLIPWAY_ALLOW_INSECURE_LOCAL: flag.default(false),
  SLIPWAY_WORKER_CONCURRENCY: wholeNumber(1, 256).default(Math.max(8, cores * 4)),
  SLIPWAY_WORKSPACE_CONCURRENCY: wholeNumber(1, 256).default(4),
  SLIPWAY_EXECUTOR_SLOTS: wholeNumber(1, 128).default(Math.max(2, cores)),
  SLIPWAY_WARM_RUNNERS: wholeNumber(0, 64).default(1),
  SLIPWAY_BUILDS_PER_MINUTE: wholeNumber(1, 1_000_000).default(10),
  SLIPWAY_WRITES_PER_MINUTE: wholeNumber(1, 1_000_000).default(60),
  SLIPWAY_READS_PER_MINUTE: wholeNumber(1, 1_000_000).default(600),
  SLIPWAY_MAX_QUEUE: wholeNumber(1, 1_000_000).default(10_000),
  SLIPWAY_RETENTION_DAYS: wholeNumber(0, 36_500).default(30),
  SLIPWAY_RETENTION_GRACE_HOURS: wholeNumber(1, 8_760).default(24),
  SLIPWAY_METRICS_TOKEN: z.string().min(16, "is shorter than 16 characters: make one with `openssl rand -hex 24`").optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl("http://localhost:4318").optional(),
  SLIPWAY_WEB_HEAP_MB: wholeNumber(64, 65_536).default(256),
  SLIPWAY_WORKER_HEAP_MB: wholeNumber(64, 65_536).default(320),
  SLIPWAY_CORS_ORIGINS: listOf(readOrigin, "lists what is no origin: write addresses such as https://app.example.com, separated by commas, or *").optional(),
  SLIPWAY_GIT_ALLOWED_HOSTS: listOf(readGitHost, "lists what is no host: write git.example.com, git.example.com:8443 or http://10.0.0.5:3000, separated by commas").optional(),
  SLIPWAY_GIT_CA_FILE: z.string().transform((file) => path.resolve(file)).optional(),
  SLIPWAY_MODEL_PROVIDER: z.enum(["anthropic", "openai_compatible"], "must be anthropic or openai_compatible").optional(),
  SLIPWAY_MODEL_URL: httpUrl("https://models.example.com/v1").optional(),
  SLIPWAY_MODEL_NAME: z.string().max(200).optional(),
  SLIPWAY_MODEL_API_KEY: z.string().optional(),
  SLIPWAY_AUDIT_FAIL_ON: z.enum(FAIL_ON, `must be one of ${FAIL_ON.join(", ")}`).default("high"),
  SLIPWAY_AUDIT_REQUIRED: z.union([z.literal("installed"), listOf(readAnalyzer, "")], `must be installed, or names of ${ANALYZERS.join(", ")} separated by commas`).default("installed"),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(", ")}`).default("info"),
});

/** Every variable that Slipway reads. */
export const ENV_VARIABLES = Object.keys(variables.shape).sort();

export interface Env {
  nodeEnv: "development" | "production" | "test";
  /** Address the web server listens on; loopback unless HOST says otherwise. */
  host: string;
  port: number;
  /** Where people reach the server; no slash at the end. */
  publicUrl: string;
  /** Absolute. */
  dataDir: string;
  /** Undefined: the embedded PostgreSQL. The supervisor sets it for the processes it starts. */
  databaseUrl: string | undefined;
  /** Undefined: the embedded engine. `baseUrl` undefined: Inngest Cloud. */
  inngest: { baseUrl: string | undefined; eventKey: string; signingKey: string } | undefined;
  /** Where the worker listens for an Inngest server's calls, when one is configured. */
  functions: { host: string; port: number };
  storage: { driver: "disk"; dir: string };
  /** Undefined before the supervisor has read or generated it; set in every process it starts. */
  authSecret: string | undefined;
  /** What secrets of workspaces are kept under; undefined: the `authSecret`. */
  secretKey: string | undefined;
  /** The chains as JSON, or the file with them; without both: `chains.json` in the data folder, if there. */
  chains: { text: string | undefined; file: string | undefined };
  github: { id: string; secret: string } | undefined;
  admin: { email: string | undefined; password: string | undefined };
  signupOpen: boolean;
  allowInsecureLocal: boolean;
  /** Workflow steps that one worker runs at once. */
  workerConcurrency: number;
  /** Builds that one workspace runs at once. */
  workspaceConcurrency: number;
  /** Sandboxes that one machine runs at once. */
  executorSlots: number;
  /** Toolchains kept loaded and waiting for the next build; 0 switches them off. */
  warmRunners: number;
  /** Per user and minute. */
  rateLimits: { builds: number; writes: number; reads: number };
  /** Origins of other sites whose pages may call the REST API with a token; `*`: all. */
  corsOrigins: string[];
  /** `caFile`: PEM file of certificate authorities for git, in place of the system's. */
  git: { allowedHosts: AllowedGitHost[]; caFile: string | undefined };
  /** Builds that may wait at once. */
  maxQueue: number;
  /** `days`: age at which a build's log and artifacts go, 0: never. `graceHours`: how long an unused blob stays. */
  retention: { days: number; graceHours: number };
  /** Undefined: `/metrics` answers this machine alone. */
  metricsToken: string | undefined;
  /** Base URL of an OTLP/HTTP collector; undefined: nothing is traced. */
  otlpEndpoint: string | undefined;
  /** What fails the audit of a contract; `installed`: every analyzer that this machine has must run to its end. */
  audit: { failOn: (typeof FAIL_ON)[number]; required: "installed" | (typeof ANALYZERS)[number][] };
  /** V8 heap limits, in MB. */
  heapMb: { web: number; worker: number };
  /** A language model that writes contracts from prompts; undefined: templates do. `url` undefined: the provider's own. */
  model: { provider: "anthropic" | "openai_compatible"; url: string | undefined; name: string; apiKey: string } | undefined;
  logLevel: (typeof LOG_LEVELS)[number];
}

/** A git server that may lie in a private network, on any port. */
export interface AllowedGitHost {
  protocol: "https:" | "http:";
  /** As a URL has it: lower case, an IPv6 address in brackets. */
  hostname: string;
  port: number;
}

export interface EnvProblem {
  variable: string;
  /** What is wrong and how to mend it. */
  message: string;
}

/** The configuration is wrong: one line per variable in `message`. */
export class EnvError extends Error {
  readonly problems: readonly EnvProblem[];
  constructor(problems: readonly EnvProblem[]) {
    super(`The configuration has ${problems.length === 1 ? "a problem" : `${problems.length} problems`}:\n${problems.map(({ variable, message }) => `  ${variable}: ${message}`).join("\n")}`);
    this.name = "EnvError";
    this.problems = problems;
  }
}

/**
 * The configuration that `record` describes.
 *
 * @throws EnvError listing every wrong variable. Values are never repeated in it: they may be secrets.
 */
export function parseEnv(record: Readonly<Record<string, string | undefined>>): Env {
  const given = Object.fromEntries(ENV_VARIABLES.map((name) => [name, record[name]?.trim() || undefined]));
  const parsed = variables.safeParse(given);
  const problems: EnvProblem[] = parsed.success
    ? []
    : parsed.error.issues.map((issue) => ({ variable: String(issue.path[0]), message: issue.message }));
  problems.push(...findHalfPairs(given));
  if (!parsed.success || problems.length > 0) throw new EnvError(problems);
  return toEnv(parsed.data);
}

function findHalfPairs(given: Record<string, string | undefined>): EnvProblem[] {
  const together = (names: readonly string[], purpose: string): EnvProblem[] =>
    names.some((name) => given[name] !== undefined)
      ? names.filter((name) => given[name] === undefined).map((name) => ({ variable: name, message: `is unset although ${names.filter((other) => given[other] !== undefined).join(" and ")} is set: ${purpose} needs ${names.join(" and ")}` }))
      : [];
  const keys = together(["INNGEST_EVENT_KEY", "INNGEST_SIGNING_KEY"], "an Inngest server");
  const lonelyBase = given.INNGEST_BASE_URL !== undefined && given.INNGEST_EVENT_KEY === undefined && given.INNGEST_SIGNING_KEY === undefined;
  const base = lonelyBase ? ["INNGEST_EVENT_KEY", "INNGEST_SIGNING_KEY"].map((variable) => ({ variable, message: "is unset although INNGEST_BASE_URL is set: copy the key from your Inngest server, or unset all three to use the embedded engine" })) : [];
  const lonelyModel = given.SLIPWAY_MODEL_PROVIDER === "openai_compatible" && given.SLIPWAY_MODEL_URL === undefined;
  const model = [...together(["SLIPWAY_MODEL_API_KEY", "SLIPWAY_MODEL_NAME"], "a language model"), ...(lonelyModel ? [{ variable: "SLIPWAY_MODEL_URL", message: "is unset although SLIPWAY_MODEL_PROVIDER is openai_compatible: set the base URL of its API, such as https://models.example.com/v1" }] : [])];
  return [...keys, ...base, ...model, ...together(["GITHUB_ID", "GITHUB_SECRET"], "GitHub sign-in")];
}

function toEnv(values: z.infer<typeof variables>): Env {
  const visibleHost = ["0.0.0.0", "::", "127.0.0.1", "::1"].includes(values.HOST) ? "localhost" : values.HOST;
  return {
    nodeEnv: values.NODE_ENV,
    host: values.HOST,
    port: values.PORT,
    publicUrl: values.PUBLIC_URL ?? `http://${visibleHost.includes(":") ? `[${visibleHost}]` : visibleHost}:${values.PORT}`,
    dataDir: values.SLIPWAY_DATA_DIR,
    databaseUrl: values.DATABASE_URL,
    inngest:
      values.INNGEST_EVENT_KEY !== undefined && values.INNGEST_SIGNING_KEY !== undefined
        ? { baseUrl: values.INNGEST_BASE_URL, eventKey: values.INNGEST_EVENT_KEY, signingKey: values.INNGEST_SIGNING_KEY }
        : undefined,
    functions: { host: values.SLIPWAY_FUNCTIONS_HOST, port: values.SLIPWAY_FUNCTIONS_PORT },
    storage: { driver: values.STORAGE_DRIVER, dir: values.STORAGE_DIR ?? path.join(values.SLIPWAY_DATA_DIR, "blobs") },
    authSecret: values.AUTH_SECRET,
    secretKey: values.SLIPWAY_SECRET_KEY,
    chains: { text: values.SLIPWAY_CHAINS, file: values.SLIPWAY_CHAINS_FILE },
    github: values.GITHUB_ID !== undefined && values.GITHUB_SECRET !== undefined ? { id: values.GITHUB_ID, secret: values.GITHUB_SECRET } : undefined,
    admin: { email: values.SLIPWAY_ADMIN_EMAIL, password: values.SLIPWAY_ADMIN_PASSWORD },
    signupOpen: values.SLIPWAY_SIGNUP === "open",
    allowInsecureLocal: values.SLIPWAY_ALLOW_INSECURE_LOCAL,
    workerConcurrency: values.SLIPWAY_WORKER_CONCURRENCY,
    workspaceConcurrency: values.SLIPWAY_WORKSPACE_CONCURRENCY,
    executorSlots: values.SLIPWAY_EXECUTOR_SLOTS,
    warmRunners: values.SLIPWAY_WARM_RUNNERS,
    rateLimits: { builds: values.SLIPWAY_BUILDS_PER_MINUTE, writes: values.SLIPWAY_WRITES_PER_MINUTE, reads: values.SLIPWAY_READS_PER_MINUTE },
    maxQueue: values.SLIPWAY_MAX_QUEUE,
    retention: { days: values.SLIPWAY_RETENTION_DAYS, graceHours: values.SLIPWAY_RETENTION_GRACE_HOURS },
    metricsToken: values.SLIPWAY_METRICS_TOKEN,
    otlpEndpoint: values.OTEL_EXPORTER_OTLP_ENDPOINT,
    heapMb: { web: values.SLIPWAY_WEB_HEAP_MB, worker: values.SLIPWAY_WORKER_HEAP_MB },
    corsOrigins: values.SLIPWAY_CORS_ORIGINS ?? [],
    git: { allowedHosts: values.SLIPWAY_GIT_ALLOWED_HOSTS ?? [], caFile: values.SLIPWAY_GIT_CA_FILE },
    model:
      values.SLIPWAY_MODEL_API_KEY !== undefined && values.SLIPWAY_MODEL_NAME !== undefined
        ? { provider: values.SLIPWAY_MODEL_PROVIDER ?? (values.SLIPWAY_MODEL_URL === undefined ? "anthropic" : "openai_compatible"), url: values.SLIPWAY_MODEL_URL, name: values.SLIPWAY_MODEL_NAME, apiKey: values.SLIPWAY_MODEL_API_KEY }
        : undefined,
    audit: { failOn: values.SLIPWAY_AUDIT_FAIL_ON, required: values.SLIPWAY_AUDIT_REQUIRED },
    logLevel: values.LOG_LEVEL,
  };
}

/** What the commands that talk to a server over HTTP read (see docs/cli.md); the server itself reads none of them. */
export const CLI_VARIABLES = ["SLIPWAY_SERVER", "SLIPWAY_TOKEN"];

export interface CliEnv {
  server: string | undefined;
  token: string | undefined;
  /** Absolute: where programs keep their configuration. */
  configHome: string;
  /** Somebody asked for none, or the terminal has none. */
  noColour: boolean;
  /** Whether a browser has somewhere to show itself. */
  hasDisplay: boolean;
}

/** Takes any value as it is: a command judges its own. Never reads `.env`: the working folder may be somebody else's project. */
export function readCliEnv(record: Readonly<Record<string, string | undefined>> = process.env): CliEnv {
  const read = (name: string): string | undefined => record[name]?.trim() || undefined;
  const configHome = read("XDG_CONFIG_HOME");
  return {
    server: read("SLIPWAY_SERVER"),
    token: read("SLIPWAY_TOKEN"),
    configHome: configHome !== undefined && path.isAbsolute(configHome) ? configHome : path.join(homedir(), ".config"),
    noColour: read("NO_COLOR") !== undefined || read("TERM") === "dumb",
    hasDisplay: read("DISPLAY") !== undefined || read("WAYLAND_DISPLAY") !== undefined,
  };
}

/** Names that look like ours but are not read by anybody: most likely misspelt. */
export function findUnknownVariables(record: Readonly<Record<string, string | undefined>>): string[] {
  return Object.keys(record).filter((name) => name.startsWith("SLIPWAY_") && !ENV_VARIABLES.includes(name) && !CLI_VARIABLES.includes(name)).sort();
}

let current: Env | undefined;

/**
 * This process's configuration, read once: `.env` in the working folder (if there) fills what the environment lacks.
 *
 * @throws EnvError
 */
export function getEnv(): Env {
  if (current === undefined) {
    if (existsSync(".env")) process.loadEnvFile(".env");
    current = parseEnv(process.env);
  }
  return current;
}

/** `getEnv` for a program's first line: a wrong configuration is printed, one line per variable, and ends the process. */
export function getEnvOrExit(): Env {
  try {
    return getEnv();
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    process.stderr.write(`${error.message}\nEvery variable is explained in .env.example.\n`);
    process.exit(CONFIG_EXIT_CODE);
  }
}

/** This process's whole environment, to hand on to a process of ours with some variables set. */
export function inheritedEnvironment(overrides: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  return { ...process.env, ...overrides };
}

/** See `findUnknownVariables`, for this process. */
export function listUnknownVariables(): string[] {
  return findUnknownVariables(process.env);
}

/** Sets variables that a library in this process reads by itself and takes no other way. */
export function setForLibraries(values: Readonly<Record<string, string>>): void {
  Object.assign(process.env, values);
}
