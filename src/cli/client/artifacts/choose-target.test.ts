import { mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkArtifactName, chooseTarget } from "./choose-target";

it.each(["", "/etc/passwd", "../x", "a/../../x", "a//b", "./a", "a/", "a\\b", "c:/x", "a\u0000b", "a\nb"])("refuses the name %j", (name) => {
  expect(() => checkArtifactName(name)).toThrow(expect.objectContaining({ code: "unsafe_name", exitCode: 2 }));
});

describe("chooseTarget", () => {
  let base: string;
  beforeEach(async () => {
    base = await mkdtemp(path.join(tmpdir(), "slipway-target-"));
    await mkdir(path.join(base, "outside"));
  });
  afterEach(() => rm(base, { recursive: true, force: true }));

  it("makes the folders on the way", async () => {
    const folder = path.join(base, "new/out");
    expect(await chooseTarget({ folder, name: "boards/a/x..y.svg" })).toBe(path.join(folder, "boards/a/x..y.svg"));
    expect((await stat(path.join(folder, "boards/a"))).isDirectory()).toBe(true);
  });

  it("does not go through a link, nor over one", async () => {
    await symlink(path.join(base, "outside"), path.join(base, "boards"));
    await expect(chooseTarget({ folder: base, name: "boards/x" })).rejects.toThrow(/is a link/);
    await expect(chooseTarget({ folder: base, name: "boards/new/x" })).rejects.toThrow(/is a link/);
    expect(await readdir(path.join(base, "outside"))).toEqual([]);
    await symlink(path.join(base, "outside/target"), path.join(base, "file"));
    await expect(chooseTarget({ folder: base, name: "file" })).rejects.toThrow(/is a link/);
    await writeFile(path.join(base, "plain"), "");
    await expect(chooseTarget({ folder: base, name: "plain/x" })).rejects.toThrow(/plain is a link, a folder or something else/);
    expect(await chooseTarget({ folder: base, name: "plain" })).toBe(path.join(base, "plain"));
  });
});
