/** The steps that make a fresh machine ready. Each looks first whether it has anything to do. */
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { BootstrapError, childEnvironment, hashOf, NODE_MAJOR, nodeEnvironment, npm, root, run, say, stampHolds, stamps, step, writeStamp } from "./shell.mjs";

const SYSTEM = { DEBIAN_FRONTEND: "noninteractive" };

/**
 * Makes ready what `needs` asks for and returns the path of the right Node.
 *
 * needs: `toolchains`, `sandbox` (bubblewrap), `web` (the production build of the pages), `server` (the bundles of
 * web server, worker, supervisor and CLI).
 */
export async function prepare(needs) {
  if (process.platform !== "linux") throw new BootstrapError("Slipway runs on Linux: its sandbox is made of Linux namespaces. Use a Debian machine, a virtual one will do.");
  const node = await ensureNode();
  await ensureDependencies();
  if (needs.toolchains) {
    await ensureToolchains(node);
    await ensureSlither();
  }
  if (needs.sandbox) await ensureDebianPackage({ program: "bwrap", packageName: "bubblewrap", without: "builds of untrusted code are refused" });
  await ensurePrismaClient(node);
  if (needs.server) await ensureServerBundles(node);
  if (needs.web) await ensureWebBuild(node);
  return node;
}

function versionOf(node) {
  const result = spawnSync(node, ["--version"], { encoding: "utf8" });
  return result.status === 0 ? result.stdout.trim() : undefined;
}

/** The running Node if its major version is right, else the one of npm beside the project. */
export async function ensureNode() {
  if (Number(process.versions.node.split(".")[0]) === NODE_MAJOR) return process.execPath;
  const folder = path.join(root, ".tools");
  const node = path.join(folder, `node_modules/node-linux-${process.arch}/bin/node`);
  if (existsSync(node) && versionOf(node)?.startsWith(`v${NODE_MAJOR}.`)) return node;
  await step(`Installing Node ${NODE_MAJOR} beside the project (the system's is ${process.versions.node})`, async () => {
    mkdirSync(folder, { recursive: true });
    for (const file of ["package.json", "package-lock.json", ".npmrc"]) copyFileSync(path.join(root, "scripts/bootstrap/node", file), path.join(folder, file));
    await npm("install-node", ["ci"], { cwd: folder });
  });
  if (versionOf(node) === undefined) throw new BootstrapError(`npm has no Node ${NODE_MAJOR} for ${process.arch}. Install Node ${NODE_MAJOR} yourself and start again.`);
  return node;
}

/** Runs `npm ci` in `folder` unless what is installed there came from the same lock file. */
async function installLocked(folder, title, name) {
  const relative = path.relative(root, folder);
  const hash = hashOf(["package-lock.json", ".npmrc"].map((file) => path.join(relative, file)));
  const stamp = path.join(folder, "node_modules/.slipway-stamp");
  if (stampHolds(stamp, hash)) return false;
  await step(title, () => npm(name, ["ci"], { cwd: folder }));
  writeStamp(stamp, hash);
  return true;
}

async function ensureDependencies() {
  await installLocked(root, "Installing dependencies", "install-dependencies");
}

async function ensureToolchains(node) {
  const base = path.join(root, "toolchains");
  if (!existsSync(base)) return;
  const kinds = readdirSync(base).sort().filter((kind) => existsSync(path.join(base, kind, "package-lock.json")));
  const fresh = new Set();
  for (const kind of kinds) {
    if (await installLocked(path.join(base, kind), `Installing the ${kind} toolchain`, `install-toolchain-${kind}`)) fresh.add(kind);
  }
  // Only now: one may use another's packages, as the audit uses the contracts' compilers.
  for (const kind of kinds.filter((one) => existsSync(path.join(base, one, "warm.mjs")))) {
    const folder = path.join(base, kind);
    const sources = hashOf([path.join("toolchains", kind)], { skip: (file) => /(^|\/)(node_modules|\.[^/]+|cache)$/.test(file) });
    const stamp = path.join(folder, "node_modules/.slipway-warm");
    if (!fresh.has(kind) && stampHolds(stamp, sources)) continue;
    await step(`Warming the ${kind} toolchain up`, () => run(`warm-toolchain-${kind}`, node, ["warm.mjs"], { cwd: folder, env: nodeEnvironment(node) }));
    writeStamp(stamp, sources);
  }
}

/** Whether `program` is in the system's own folders. */
export function hasProgram(program) {
  return ["/usr/bin", "/bin", "/usr/local/bin", "/usr/sbin", "/sbin"].some((folder) => existsSync(path.join(folder, program)));
}

/** Installs a Debian package as root; else says how to, and goes on. Returns whether the program is there. */
export async function ensureDebianPackage({ program, packageName, without, isThere = () => hasProgram(program) }) {
  if (isThere()) return true;
  const command = `apt-get update && apt-get install -y --no-install-recommends ${packageName}`;
  if (process.getuid() !== 0 || !hasProgram("apt-get")) {
    say(`warning: ${program} is not installed; without it ${without}. As root: ${command}`);
    return false;
  }
  const options = { env: childEnvironment(SYSTEM), allowFailure: true };
  const apt = ["-o", "DPkg::Lock::Timeout=300", "-q"];
  await step(`Installing Debian's ${packageName}`, async () => {
    await run(`apt-update`, "apt-get", [...apt, "update"], options);
    await run(`apt-install-${packageName}`, "apt-get", [...apt, "install", "-y", "--no-install-recommends", packageName], options);
  });
  if (isThere()) return true;
  say(`warning: Debian's ${packageName} could not be installed; without it ${without}. See .tools/logs/apt-install-${packageName}.log, or run: ${command}`);
  return false;
}

/**
 * Slither, in a virtual environment of its own: exact versions with their hashes, nothing built on this machine. It is
 * optional: where it can't be had the start goes on, and every audit says that it is missing.
 */
async function ensureSlither() {
  const folder = path.join(root, "toolchains/audit");
  const requirements = path.join(folder, "requirements.txt");
  const python = "/usr/bin/python3";
  if (!existsSync(requirements)) return;
  const hash = `${hashOf(["toolchains/audit/requirements.txt"])} ${versionOf(python) ?? "no python"}`;
  const stamp = path.join(folder, ".venv/.slipway-stamp");
  if (stampHolds(stamp, hash)) return;
  const without = "contracts are audited without Slither";
  const canMakeVenv = () => spawnSync(python, ["-c", "import ensurepip, venv"]).status === 0;
  if (!(await ensureDebianPackage({ program: "Python's venv", packageName: "python3-venv", without, isThere: canMakeVenv }))) return;
  // Made aside and moved when it is whole: half an environment would be taken for an analyzer that crashes.
  const fresh = path.join(folder, ".venv.new");
  const target = path.join(folder, ".venv");
  const installed = await step("Installing Slither", async () => {
    rmSync(fresh, { recursive: true, force: true });
    const options = { cwd: folder, allowFailure: true };
    const made = await run("make-venv-slither", python, ["-m", "venv", fresh], options);
    if (made.code !== 0) return false;
    const pip = ["-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--retries", "1", "--timeout", "20", "--only-binary", ":all:", "--no-deps", "--require-hashes", "-q", "-r", requirements];
    return (await run("install-slither", path.join(fresh, "bin/python3"), pip, options)).code === 0;
  });
  rmSync(target, { recursive: true, force: true });
  if (!installed) {
    rmSync(fresh, { recursive: true, force: true });
    say(`warning: Slither could not be installed; without it ${without}. It is tried again at the next start. See .tools/logs/install-slither.log.`);
    return;
  }
  renameSync(fresh, target);
  writeStamp(stamp, hash);
}

async function ensurePrismaClient(node) {
  const hash = hashOf(["prisma/schema.prisma", "prisma.config.ts", "package-lock.json"]);
  const stamp = path.join(stamps, "prisma-client");
  if (stampHolds(stamp, hash) && existsSync(path.join(root, "src/server/db/generated/client.ts"))) return;
  await step("Generating the database client", () =>
    run("prisma-generate", node, ["node_modules/prisma/build/index.js", "generate"], {
      // Generating does not use the engine; naming any program keeps Prisma from downloading it.
      env: nodeEnvironment(node, { PRISMA_SCHEMA_ENGINE_BINARY: "/bin/true", PRISMA_HIDE_UPDATE_MESSAGE: "1" }),
    }),
  );
  writeStamp(stamp, hash);
}

/** Parts of src/ that the pages don't hold: changing them needs no new build of the web app. */
const NOT_IN_PAGES = new Set(["cli", "cli.ts", "supervisor", "postgres", "engine", "executors", "worker", "worker.ts", "server.ts", "server/db/generated"].map((name) => `src/${name}`));

const isTest = (file) => /\.test\.tsx?$/.test(file);

async function ensureServerBundles(node) {
  const hash = hashOf(["src", "prisma/schema.prisma", "package-lock.json", "tsconfig.json", "scripts/bootstrap/bundle-server.mjs", "scripts/bootstrap/bundle-cli.mjs"], { skip: (file) => isTest(file) || file === "src/app" || file === "src/components" || file === "src/server/db/generated" });
  const stamp = path.join(root, "dist/.stamp");
  if (stampHolds(stamp, hash)) return;
  await step("Bundling the server", () => run("bundle-server", node, ["scripts/bootstrap/bundle-server.mjs"], { env: nodeEnvironment(node) }));
  writeStamp(stamp, hash);
}

async function ensureWebBuild(node) {
  const hash = hashOf(["src", "public", "next.config.mjs", "postcss.config.mjs", "prisma/schema.prisma", "package-lock.json", "tsconfig.json"], { skip: (file) => isTest(file) || NOT_IN_PAGES.has(file) });
  const stamp = path.join(root, ".next/.slipway-stamp");
  if (stampHolds(stamp, hash) && existsSync(path.join(root, ".next/BUILD_ID"))) return;
  await step("Building the web app", () => run("build-web", node, ["node_modules/next/dist/bin/next", "build"], { env: nodeEnvironment(node, { NODE_ENV: "production" }) }));
  writeStamp(stamp, hash);
}
