/** git's own HTTP server program on loopback, by HTTP and by HTTPS under a certificate authority of the test's. */
import { execFileSync, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { tmpdir } from "node:os";
import path from "node:path";

export interface GitRepository {
  httpUrl: string;
  httpsUrl: string;
  /** Full ids, oldest first. */
  commits: string[];
}

export interface CreateRepositoryOptions {
  /** Name → index of the commit. */
  tags?: Record<string, number>;
  branches?: Record<string, number>;
  symlink?: { at: string; to: string };
  /** Path of a submodule that leads nowhere. */
  submodule?: string;
}

export interface GitServer {
  httpUrl: string;
  httpsUrl: string;
  caFile: string;
  /** One commit for each set of files, on the branch main. */
  create(name: string, commits: readonly Record<string, string | Uint8Array>[], options?: CreateRepositoryOptions): Promise<GitRepository>;
  /** Paths that were asked for. */
  visits(): string[];
  /** Resolves once a path was asked for. */
  visited(path: string): Promise<void>;
  close(): Promise<void>;
}

const ENV = { ...process.env, GIT_CONFIG_NOSYSTEM: "1", GIT_CONFIG_GLOBAL: "/dev/null", GIT_AUTHOR_NAME: "Ada", GIT_AUTHOR_EMAIL: "ada@example.org", GIT_COMMITTER_NAME: "Ada", GIT_COMMITTER_EMAIL: "ada@example.org" };

export async function openGitServer(): Promise<GitServer> {
  const root = await mkdtemp(path.join(tmpdir(), "slipway-git-server-"));
  const git = (cwd: string, ...args: string[]): string => execFileSync("git", args, { cwd, env: ENV, stdio: ["ignore", "pipe", "pipe"] }).toString().trim();
  const seen: string[] = [];
  const waiting = new Set<() => void>();
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const url = new URL(request.url ?? "/", "http://localhost");
    seen.push(url.pathname);
    for (const wake of waiting) wake();
    // Never answered.
    if (url.pathname.startsWith("/hang/")) return;
    if (url.pathname.startsWith("/redirect/")) {
      response.writeHead(302, { location: `/small.git/from-redirect${url.search}` }).end();
      return;
    }
    serve({ root, url, request, response });
  };
  const caFile = makeCertificate(root);
  const plain = createServer(answer);
  const secure = createSecureServer({ key: readFileSync(path.join(root, "key.pem")), cert: readFileSync(caFile) }, answer);
  const httpUrl = `http://127.0.0.1:${await listen(plain)}`;
  const httpsUrl = `https://localhost:${await listen(secure)}`;

  return {
    httpUrl,
    httpsUrl,
    caFile,
    visits: () => [...seen],
    visited: (wanted) =>
      new Promise((resolve) => {
        const look = (): void => void (seen.includes(wanted) && (waiting.delete(look), resolve()));
        waiting.add(look);
        look();
      }),
    async create(name, commits, options = {}) {
      const work = path.join(root, `${name}-work`);
      await mkdir(work);
      git(work, "init", "--quiet", "--initial-branch=main");
      const ids: string[] = [];
      for (const [index, files] of commits.entries()) {
        for (const [file, content] of Object.entries(files)) {
          await mkdir(path.dirname(path.join(work, file)), { recursive: true });
          await writeFile(path.join(work, file), content);
        }
        if (index === 0 && options.symlink !== undefined) await symlink(options.symlink.to, path.join(work, options.symlink.at));
        git(work, "add", "--all");
        if (index === 0 && options.submodule !== undefined) git(work, "update-index", "--add", "--cacheinfo", `160000,${"1".repeat(40)},${options.submodule}`);
        git(work, "commit", "--quiet", "-m", `commit ${index}`);
        ids.push(git(work, "rev-parse", "HEAD"));
      }
      for (const [tag, index] of Object.entries(options.tags ?? {})) git(work, "tag", "-a", "-m", tag, tag, ids[index] ?? "");
      for (const [branch, index] of Object.entries(options.branches ?? {})) git(work, "branch", branch, ids[index] ?? "");
      git(root, "clone", "--quiet", "--bare", work, `${name}.git`);
      return { httpUrl: `${httpUrl}/${name}.git`, httpsUrl: `${httpsUrl}/${name}.git`, commits: ids };
    },
    async close() {
      for (const server of [plain, secure]) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
      await rm(root, { recursive: true, force: true });
    },
  };
}

function makeCertificate(root: string): string {
  const certificate = path.join(root, "certificate.pem");
  execFileSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", path.join(root, "key.pem"), "-out", certificate], { stdio: "ignore" });
  return certificate;
}

/** Hands one request to `git http-backend`, by the rules of CGI. */
function serve(options: { root: string; url: URL; request: IncomingMessage; response: ServerResponse }): void {
  const { root, url, request, response } = options;
  const child = spawn("git", ["http-backend"], {
    env: {
      ...ENV,
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: "1",
      GIT_CONFIG_COUNT: "1",
      GIT_CONFIG_KEY_0: "safe.directory",
      GIT_CONFIG_VALUE_0: "*",
      PATH_INFO: url.pathname,
      QUERY_STRING: url.search.slice(1),
      REQUEST_METHOD: request.method ?? "GET",
      CONTENT_TYPE: request.headers["content-type"] ?? "",
      HTTP_CONTENT_ENCODING: request.headers["content-encoding"] ?? "",
      GIT_PROTOCOL: String(request.headers["git-protocol"] ?? ""),
    },
    stdio: ["pipe", "pipe", "ignore"],
  });
  request.pipe(child.stdin);
  child.stdin.on("error", () => undefined);
  let head = Buffer.alloc(0);
  child.stdout.on("data", function readHead(chunk: Buffer) {
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf("\r\n\r\n");
    if (end < 0) return;
    child.stdout.off("data", readHead);
    let status = 200;
    for (const line of head.toString("latin1", 0, end).split("\r\n")) {
      const [key = "", value = ""] = line.split(/:\s*/, 2);
      if (key.toLowerCase() === "status") status = Number.parseInt(value, 10);
      else response.setHeader(key, value);
    }
    response.writeHead(status);
    response.write(head.subarray(end + 4));
    child.stdout.pipe(response);
  });
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The git server has no port.");
  return address.port;
}
