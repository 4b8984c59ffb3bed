import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { ENV_VARIABLES, EnvError, findUnknownVariables, getEnv, parseEnv, readCliEnv } from "./env";

function problemsOf(record: Record<string, string>): Record<string, string> {
  try {
    parseEnv(record);
  } catch (error) {
    if (error instanceof EnvError) return Object.fromEntries(error.problems.map((problem) => [problem.variable, problem.message]));
    throw error;
  }
  return {};
}

describe("parseEnv", () => {
  it("needs nothing: an empty environment is embedded, on loopback, in .slipway", () => {
    const env = parseEnv({});
    expect(env).toMatchObject({ host: "127.0.0.1", port: 3000, publicUrl: "http://localhost:3000", signupOpen: true, allowInsecureLocal: false, logLevel: "info" });
    expect(env.dataDir).toBe(path.resolve(".slipway"));
    expect(env.storage).toEqual({ driver: "disk", dir: path.resolve(".slipway/blobs") });
    expect([env.databaseUrl, env.inngest, env.github, env.authSecret]).toEqual([undefined, undefined, undefined, undefined]);
    expect(env.rateLimits).toEqual({ builds: 10, writes: 60, reads: 600 });
  });

  it("reads the audit's policy: what fails it, and the analyzers it can't do without", () => {
    expect(parseEnv({}).audit).toEqual({ failOn: "high", required: "installed" });
    expect(parseEnv({ SLIPWAY_AUDIT_FAIL_ON: "medium", SLIPWAY_AUDIT_REQUIRED: "solc, slither" }).audit).toEqual({ failOn: "medium", required: ["solc", "slither"] });
    expect(problemsOf({ SLIPWAY_AUDIT_FAIL_ON: "all", SLIPWAY_AUDIT_REQUIRED: "slyther" })).toEqual({
      SLIPWAY_AUDIT_FAIL_ON: "must be one of critical, high, medium, low, none",
      SLIPWAY_AUDIT_REQUIRED: "must be installed, or names of slither, slipway, solhint, solc, forge separated by commas",
    });
  });

  it("takes an empty value for an unset one", () => {
    expect(parseEnv({ PORT: "", DATABASE_URL: " ", GITHUB_ID: "" }).port).toBe(3000);
  });

  it("reads what is set", () => {
    const env = parseEnv({
      PORT: "8080", HOST: "0.0.0.0", PUBLIC_URL: "https://slipway.example.com/", SLIPWAY_DATA_DIR: "/srv/slipway", DATABASE_URL: "postgres://u:p@db/slipway",
      INNGEST_EVENT_KEY: "event", INNGEST_SIGNING_KEY: "signing", GITHUB_ID: "id", GITHUB_SECRET: "secret", SLIPWAY_SIGNUP: "closed", SLIPWAY_ALLOW_INSECURE_LOCAL: "Yes",
    });
    expect(env).toMatchObject({ port: 8080, publicUrl: "https://slipway.example.com", databaseUrl: "postgres://u:p@db/slipway", signupOpen: false, allowInsecureLocal: true });
    expect(env.storage.dir).toBe("/srv/slipway/blobs");
    expect(env.inngest).toEqual({ baseUrl: undefined, eventKey: "event", signingKey: "signing" });
    expect(env.github).toEqual({ id: "id", secret: "secret" });
  });

  it("makes links from the address people can use", () => {
    expect(parseEnv({ HOST: "0.0.0.0", PORT: "81" }).publicUrl).toBe("http://localhost:81");
    expect(parseEnv({ HOST: "192.168.1.9" }).publicUrl).toBe("http://192.168.1.9:3000");
    expect(parseEnv({ HOST: "fd00::1" }).publicUrl).toBe("http://[fd00::1]:3000");
  });

  it("names every wrong variable at once, with the fix", () => {
    expect(problemsOf({ PORT: "70000", DATABASE_URL: "mysql://db", SLIPWAY_SIGNUP: "maybe", SLIPWAY_ALLOW_INSECURE_LOCAL: "perhaps", AUTH_SECRET: "short", SLIPWAY_ADMIN_EMAIL: "me", SLIPWAY_ADMIN_PASSWORD: "short", STORAGE_DRIVER: "tape" })).toEqual({
      PORT: "must be a whole number from 1 to 65535",
      DATABASE_URL: "must be a URL such as postgresql://user:password@host:5432/slipway",
      SLIPWAY_SIGNUP: "must be open or closed",
      SLIPWAY_ALLOW_INSECURE_LOCAL: "is neither true nor false: write true or false",
      AUTH_SECRET: "is shorter than 32 characters: make one with `openssl rand -base64 48`",
      SLIPWAY_ADMIN_EMAIL: "must be an e-mail address such as admin@example.com",
      SLIPWAY_ADMIN_PASSWORD: "is shorter than 12 characters: choose a longer one, or unset it to have one generated",
      STORAGE_DRIVER: "must be disk",
    });
  });

  it("wants both halves of a pair", () => {
    expect(Object.keys(problemsOf({ GITHUB_ID: "id" }))).toEqual(["GITHUB_SECRET"]);
    expect(Object.keys(problemsOf({ INNGEST_EVENT_KEY: "key" }))).toEqual(["INNGEST_SIGNING_KEY"]);
    expect(Object.keys(problemsOf({ INNGEST_BASE_URL: "http://localhost:8288" }))).toEqual(["INNGEST_EVENT_KEY", "INNGEST_SIGNING_KEY"]);
  });

  it("never repeats a value, which may be a secret", () => {
    expect(() => parseEnv({ AUTH_SECRET: "hunter2", DATABASE_URL: "hunter2", SLIPWAY_ADMIN_PASSWORD: "hunter2" })).toThrow(/^(?![^]*hunter2)[^]*AUTH_SECRET/);
  });
});

it("finds variables that look like ours and are not", () => {
  expect(findUnknownVariables({ SLIPWAY_SINGUP: "open", SLIPWAY_SIGNUP: "open", SLIPWAY_TOKEN: "slw_x", HOME: "/" })).toEqual(["SLIPWAY_SINGUP"]);
});

describe("readCliEnv", () => {
  it("reads what the commands need, and takes an empty value for an unset one", () => {
    expect(readCliEnv({ SLIPWAY_SERVER: "https://slipway.example.com", SLIPWAY_TOKEN: "", XDG_CONFIG_HOME: "/config", NO_COLOR: "1", DISPLAY: ":0" })).toEqual({
      server: "https://slipway.example.com", token: undefined, configHome: "/config", noColour: true, hasDisplay: true,
    });
  });

  it("takes no relative folder for the configuration", () => {
    expect(readCliEnv({ XDG_CONFIG_HOME: "config" })).toMatchObject({ configHome: expect.stringMatching(/^\/.*\.config$/), noColour: false, hasDisplay: false });
  });
});

it("reads the process's environment once", () => {
  expect(getEnv()).toBe(getEnv());
});

it("documents every variable in .env.example, and no other", () => {
  const text = readFileSync(fileURLToPath(new URL("../.env.example", import.meta.url)), "utf8");
  const documented = [...text.matchAll(/^#? ?([A-Z][A-Z0-9_]+)=/gm)].map((match) => match[1]).sort();
  expect(documented).toEqual(ENV_VARIABLES);
});
