import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Client } from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../support/database";

const root = fileURLToPath(new URL("../../..", import.meta.url));

interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

describe("slipway, the command line", () => {
  let database: TestDatabase;
  let dataDir: string;

  beforeEach(async () => {
    database = await createTestDatabase();
    dataDir = await mkdtemp(path.join(tmpdir(), "slipway-cli-"));
  });

  afterEach(async () => {
    await rm(dataDir, { recursive: true, force: true });
    await database.drop();
  });

  function slipway(args: readonly string[], environment: Record<string, string> = { DATABASE_URL: database.url }, input = ""): Promise<Outcome> {
    const env: NodeJS.ProcessEnv = { PATH: process.env.PATH, NODE_ENV: "production", SLIPWAY_DATA_DIR: dataDir, ...environment };
    return new Promise((resolve) => {
      const child = execFile(process.execPath, ["--import", "tsx", "src/cli.ts", ...args], { cwd: root, env }, (error, stdout, stderr) => {
        resolve({ code: typeof error?.code === "number" ? error.code : error === null ? 0 : -1, stdout, stderr });
      });
      child.stdin?.end(input);
    });
  }

  async function query(sql: string): Promise<unknown[]> {
    const client = new Client({ connectionString: database.url });
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  }

  it("prints a token alone, the first admin's by default, and keeps the admin's password", async () => {
    const made = await slipway(["token", "create", "--scopes", "builds:read,builds:write,admin"]);
    expect(made).toMatchObject({ code: 0, stderr: "" });
    expect(made.stdout).toMatch(/^slw_[\w-]{43}\n$/);
    expect(await query("SELECT u.role, u.handle, t.scopes::text[] AS scopes FROM api_token t JOIN \"user\" u ON u.id = t.user_id")).toEqual([{ role: "admin", handle: "admin", scopes: ["builds:read", "builds:write", "admin"] }]);
    const credentials = path.join(dataDir, "admin-credentials.txt");
    expect(await readFile(credentials, "utf8")).toMatch(/e-mail: {3}admin@localhost\npassword: \S{20}\n/);
    expect((await stat(credentials)).mode & 0o777).toBe(0o600);
  });

  it("makes users, and tokens for them within what they may do", async () => {
    const user = await slipway(["user", "create", "--email", "Ada@example.com"]);
    expect(user.stdout).toMatch(/^e-mail: {3}ada@example\.com\nhandle: {3}ada\nrole: {5}user\npassword: \S{20}\n$/);
    expect(await slipway(["user", "create", "--email", "ada@example.com"])).toMatchObject({ code: 1, stderr: expect.stringMatching(/has an account already/) });

    expect((await slipway(["token", "create", "--user", "ada@example.com", "--scopes", "builds:read", "--expires", "30d"])).stdout).toMatch(/^slw_/);
    expect(await slipway(["token", "create", "--user", "ada@example.com", "--scopes", "admin"])).toMatchObject({ code: 1, stdout: "", stderr: expect.stringMatching(/only an admin/) });
    expect(await slipway(["token", "create", "--user", "eve@example.com", "--scopes", "builds:read"])).toMatchObject({ code: 1, stderr: expect.stringMatching(/no account with the e-mail address eve@example\.com/) });
    expect(await query("SELECT count(*)::int AS tokens FROM api_token")).toEqual([{ tokens: 1 }]);
  });

  it("starts the embedded PostgreSQL for a command when nothing runs, and stops it again", async () => {
    const first = await slipway(["migrate"], {});
    expect(first).toMatchObject({ code: 0, stdout: expect.stringMatching(/^applied \d+_init$/m) });
    expect(await slipway(["migrate"], {})).toMatchObject({ code: 0, stdout: "The database is up to date.\n" });
    await expect(stat(path.join(dataDir, "postgres/cluster/postmaster.pid"))).rejects.toThrow(/ENOENT/);
    await expect(stat(path.join(dataDir, "supervisor.lock"))).rejects.toThrow(/ENOENT/);
  });

  it("ends with 78 and one line per variable when the configuration is wrong", async () => {
    const outcome = await slipway(["migrate"], { PORT: "none", SLIPWAY_SIGNUP: "maybe" });
    expect(outcome.code).toBe(78);
    expect(outcome.stderr).toMatch(/PORT: must be a whole number[^]*SLIPWAY_SIGNUP: must be open or closed/);
  });

  it("doctor sees files and signing keys that do not belong to the database, and programs that are missing", async () => {
    const doctor = async (environment: Record<string, string> = {}) => {
      const { stdout } = await slipway(["doctor", "--json"], { DATABASE_URL: database.url, AUTH_SECRET: "s".repeat(40), ...environment });
      const { checks } = JSON.parse(stdout) as { checks: { name: string; status: string; detail: string; fix?: string }[] };
      return (name: string) => checks.filter((check) => check.name === name);
    };
    await slipway(["user", "create", "--email", "ada@example.com", "--password", "correct horse battery"]);
    const key = await slipway(["signer", "set", "--workspace", "ada", "--name", "deployer"], { DATABASE_URL: database.url, AUTH_SECRET: "s".repeat(40) }, `0x${"1".repeat(64)}`);
    expect(key.code, key.stderr).toBe(0);
    const sha256 = createHash("sha256").update("kept").digest("hex");
    await query(`INSERT INTO blob (sha256, size) VALUES ('${sha256}', 4)`);
    await mkdir(path.join(dataDir, "blobs", sha256.slice(0, 2)), { recursive: true });
    await writeFile(path.join(dataDir, "blobs", sha256.slice(0, 2), sha256.slice(2)), "kept");
    const well = await doctor();
    expect([well("stored files"), well("signing keys"), well("git")]).toMatchObject([[{ status: "ok", detail: "the newest 1 are there" }], [{ status: "ok", detail: "1 can be opened" }], [{ status: "ok" }]]);

    const elsewhere = await doctor({ STORAGE_DIR: path.join(dataDir, "other"), AUTH_SECRET: "t".repeat(40), PATH: dataDir });
    expect(elsewhere("stored files")).toMatchObject([{ status: "fail", detail: expect.stringContaining("1 of the newest 1"), fix: expect.stringContaining("STORAGE_DIR") }]);
    expect(elsewhere("signing keys")).toMatchObject([{ status: "fail", detail: expect.stringContaining("1 of 1 can't be opened"), fix: expect.stringContaining("auth-secret") }]);
    expect(elsewhere("git")).toMatchObject([{ status: "warn", fix: expect.stringContaining("apt-get install git") }, { status: "warn", detail: expect.stringContaining("prlimit") }]);
  });

  it("doctor sees a database that does not answer, says how to mend it, and goes on with the rest", async () => {
    const outcome = await slipway(["doctor", "--json"], { DATABASE_URL: "postgresql://nobody:secret@127.0.0.1:1/none" });
    expect(outcome.code).toBe(1);
    const report: unknown = JSON.parse(outcome.stdout);
    expect(report).toMatchObject({
      ok: false,
      checks: expect.arrayContaining([
        expect.objectContaining({ name: "database", status: "fail", fix: expect.stringContaining("DATABASE_URL") }),
        expect.objectContaining({ name: "data folder", status: "ok" }),
        expect.objectContaining({ name: "storage", status: "ok" }),
        expect.objectContaining({ name: "workflows", status: "ok" }),
      ]),
    });
    expect(outcome.stdout).not.toContain("secret");
  });
});
