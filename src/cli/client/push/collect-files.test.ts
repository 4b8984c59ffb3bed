import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { inheritedEnvironment } from "~/env";
import { collectFiles, nameField } from "./collect-files";

describe("collectFiles", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "slipway-collect-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function put(files: Record<string, string>): Promise<void> {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
      await writeFile(path.join(folder, name), text);
    }
  }
  const pathsIn = async (where = folder): Promise<string[]> => (await collectFiles({ folder: where })).files.map((file) => file.path);

  const TREE = {
    ".gitignore": "*.log\n/dist/\n!keep.log\nBuild\n",
    "a.log": "", "keep.log": "", "build": "", "Build": "",
    "dist/x.js": "", "src/dist/y.js": "", "src/a.ts": "",
    "src/.gitignore": "*.ts\n!a.ts\n!b.log\n",
    "src/b.ts": "", "src/b.log": "", "src/c.log": "", "src/deep/d.ts": "", "src/deep/.gitignore": "!d.ts\nout\n", "src/deep/out/x": "", "src/deep/deeper/out": "",
  };

  it("reads .gitignore of every level as git does", async () => {
    await put(TREE);
    const git = (...args: string[]): string => execFileSync("git", ["-C", folder, ...args], { encoding: "utf8", env: inheritedEnvironment({ HOME: folder, GIT_CONFIG_NOSYSTEM: "1" }) });
    git("init", "-q");
    const expected = git("ls-files", "-co", "--exclude-standard").trim().split("\n").sort();
    expect(await pathsIn()).toEqual(expected);
    expect(expected).toEqual([".gitignore", "build", "keep.log", "src/.gitignore", "src/a.ts", "src/b.log", "src/deep/.gitignore", "src/deep/d.ts", "src/dist/y.js"]);
  });

  it("keeps to the rules of the repository that the folder is a part of", async () => {
    await put({ ...TREE, ".git/HEAD": "ref: refs/heads/main\n", ".git/info/exclude": "private\n", "src/private": "" });
    expect(await pathsIn(path.join(folder, "src"))).toEqual([".gitignore", "a.ts", "b.log", "deep/.gitignore", "deep/d.ts", "dist/y.js"]);
  });

  it("always leaves .git and node_modules out, and lets .slipwayignore have the last word", async () => {
    await put({ ".gitignore": "generated\n!node_modules\n", ".slipwayignore": "!generated\ndocs/\n", "generated": "x", "docs/a.md": "", "node_modules/x/i.js": "", "sub/node_modules/y.js": "", "sub/.git/HEAD": "", "i.ts": "12345" });
    const { files, totalBytes } = await collectFiles({ folder });
    expect(files.map((file) => file.path)).toEqual([".gitignore", ".slipwayignore", "generated", "i.ts"]);
    expect(totalBytes).toBe(files.reduce((sum, file) => sum + file.size, 0));
    expect(files.at(-1)).toMatchObject({ path: "i.ts", size: 5 });
  });

  it("follows links to files inside, and sends nothing from outside", async () => {
    await put({ "inside/real.txt": "real", "i.ts": "" });
    await symlink("/etc/passwd", path.join(folder, "outside"));
    await symlink("/etc", path.join(folder, "outer"));
    await symlink("inside", path.join(folder, "again"));
    await symlink("nothing", path.join(folder, "dangling"));
    await symlink(".", path.join(folder, "itself"));
    await symlink("inside/real.txt", path.join(folder, "linked.txt"));
    const { files, warnings } = await collectFiles({ folder });
    expect(files.map((file) => file.path)).toEqual(["i.ts", "inside/real.txt", "linked.txt"]);
    expect(warnings.sort()).toEqual([
      "again is a link that leads to a folder, and is left out.",
      "dangling is a link that leads nowhere, and is left out.",
      "itself is a link that leads to a folder, and is left out.",
      "outer is a link that leads out of the folder, and is left out.",
      "outside is a link that leads out of the folder, and is left out.",
    ]);
  });

  it("sends nothing that is ignored under another name", async () => {
    await put({ ".gitignore": "secret.txt\nprivate/\n", "secret.txt": "s", "private/key": "s", "node_modules/m/i.js": "", ".git/config": "", "i.ts": "" });
    for (const [name, target] of [["a.txt", "secret.txt"], ["b.txt", "private/key"], ["c.js", "node_modules/m/i.js"], ["d.ini", ".git/config"], ["e.ts", "i.ts"]] as const) await symlink(target, path.join(folder, name));
    const { files, warnings } = await collectFiles({ folder });
    expect(files.map((file) => file.path)).toEqual([".gitignore", "e.ts", "i.ts"]);
    expect(warnings.sort()).toEqual(["a.txt", "b.txt", "c.js", "d.ini"].map((name) => `${name} is a link that leads to a file that is left out itself, and is left out.`));
  });

  it("sends nothing when rules can't be read", async () => {
    await put({ "secret.txt": "s" });
    await symlink(".gitignore", path.join(folder, ".gitignore"));
    await expect(collectFiles({ folder })).rejects.toThrow(expect.objectContaining({ message: expect.stringMatching(/\.gitignore can't be read, so what it leaves out is not known: ELOOP/), exitCode: 2 }));
  });

  it.each(["file", "folder"])("names a %s whose name is no UTF-8, unless it is ignored", async (what) => {
    await put({ "i.ts": "" });
    const odd = Buffer.concat([Buffer.from(`${folder}/odd`), Buffer.from([0xff])]);
    await (what === "file" ? writeFile(odd, "") : mkdir(odd));
    await expect(collectFiles({ folder })).rejects.toThrow(expect.objectContaining({ message: expect.stringMatching(/^"odd." has a name that is not UTF-8/), exitCode: 2 }));
    await put({ ".slipwayignore": "odd?\n" });
    expect(await pathsIn()).toEqual([".slipwayignore", "i.ts"]);
  });

  it("warns of secrets, not of their examples", async () => {
    await put({ ".env": "X=1", ".env.example": "X=", "a/key.pem": "" });
    expect((await collectFiles({ folder })).warnings).toEqual([expect.stringMatching(/^\.env may hold secrets/), expect.stringMatching(/^a\/key\.pem may hold secrets/)]);
  });

  it("refuses what the server would refuse, naming the file", async () => {
    await expect(collectFiles({ folder })).rejects.toThrow(/no files to send/);
    await expect(collectFiles({ folder: path.join(folder, "none") })).rejects.toThrow(/There is no folder/);
    await put({ "back\\slash": "" });
    await expect(collectFiles({ folder })).rejects.toThrow(/"back\\\\slash" must have no backslash/);
    await rm(path.join(folder, "back\\slash"));
    await put({ "Read.me": "", "read.me": "" });
    await expect(collectFiles({ folder })).rejects.toThrow(/read\.me differs from `Read\.me` only in case/);
  });

  it("refuses too much before reading any of it", async () => {
    await put({ "big": "" });
    execFileSync("truncate", ["-s", "51M", path.join(folder, "big")]);
    await expect(collectFiles({ folder })).rejects.toThrow(expect.objectContaining({ message: expect.stringMatching(/51\.0 MB in total; a release may have 50 MB/), exitCode: 2 }));
  });
});

it("names the file of a field", () => {
  const files = [{ path: "a" }, { path: "b" }];
  expect([nameField({ path: "files.1.path", files }), nameField({ path: "files.7", files }), nameField({ path: "version", files })]).toEqual(["b", "files.7", "version"]);
});
