import { strToU8, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { collectFiles, type OfferedFile } from "./collect-files";
import { MAX_FILES, MAX_TOTAL_BYTES } from "~/domain/release-files";

function offer(path: string, content: string | Uint8Array = "x"): OfferedFile {
  const bytes = typeof content === "string" ? strToU8(content) : content;
  return { path, size: bytes.byteLength, read: async () => bytes };
}

describe("collectFiles", () => {
  it("drops the folder around everything and tells its name", async () => {
    const result = await collectFiles({ offered: [offer("blinky/index.tsx", "board"), offer("blinky/lib/led.tsx")] });
    expect(result.files.map((file) => [file.path, file.text])).toEqual([["index.tsx", "board"], ["lib/led.tsx", "x"]]);
    expect(result.folder).toBe("blinky");
  });

  it("leaves out what belongs to the computer, before it decides on the folder", async () => {
    const result = await collectFiles({ offered: [offer("b/index.tsx"), offer("b/node_modules/x/index.js"), offer("b/.env"), offer("__MACOSX/b/._index.tsx")] });
    expect(result.files.map((file) => file.path)).toEqual(["index.tsx"]);
    expect(result.ignored).toBe(3);
  });

  it("names the file whose path is not allowed and takes the others", async () => {
    const result = await collectFiles({ offered: [offer("../up.tsx"), offer("index.tsx")] });
    expect(result.files.map((file) => file.path)).toEqual(["index.tsx"]);
    expect(result.problems).toEqual([{ path: "../up.tsx", message: expect.stringContaining("leaves the package") }]);
  });

  it("does not read anything of more than the limit", async () => {
    const huge: OfferedFile = { path: "huge.bin", size: MAX_TOTAL_BYTES + 1, read: () => Promise.reject(new Error("was read")) };
    const result = await collectFiles({ offered: [huge] });
    expect(result.files).toEqual([]);
    expect(result.problems[0]?.message).toContain("51 MB are more than the 50 MB");
    const many = Array.from({ length: MAX_FILES + 1 }, (_, index) => offer(`f${index}.ts`));
    expect((await collectFiles({ offered: many })).problems[0]?.message).toContain(`${MAX_FILES + 1} files`);
  });

  it("keeps bytes that are no text as bytes", async () => {
    const result = await collectFiles({ offered: [offer("index.tsx", "ä"), offer("logo.png", new Uint8Array([0x89, 0x50, 0, 1])), offer("latin.txt", new Uint8Array([0xe4]))] });
    expect(result.files.map((file) => file.text)).toEqual(["ä", null, null]);
  });

  it("opens a zip that comes alone", async () => {
    const zip = zipSync({ "blinky/index.tsx": strToU8("board"), "blinky/img/a.bin": new Uint8Array([0, 1]), "blinky/.git/HEAD": strToU8("ref") });
    const result = await collectFiles({ offered: [offer("blinky-main.zip", zip)] });
    expect(result.files.map((file) => [file.path, file.text])).toEqual([["index.tsx", "board"], ["img/a.bin", null]]);
    expect(result.folder).toBe("blinky");
    expect(result.ignored).toBe(1);
  });

  it("takes a zip's own name where the files lie at its top", async () => {
    const result = await collectFiles({ offered: [offer("my board.zip", zipSync({ "index.tsx": strToU8("x") }))] });
    expect(result.folder).toBe("my board");
  });

  it("refuses a path that climbs out of a zip", async () => {
    const result = await collectFiles({ offered: [offer("evil.zip", zipSync({ "../../etc/cron.d/x": strToU8("x"), "index.tsx": strToU8("ok") }))] });
    expect(result.files.map((file) => file.path)).toEqual(["index.tsx"]);
    expect(result.problems[0]?.message).toContain("leaves the package");
  });

  it("refuses a small zip that unfolds to more than the limit, without inflating it", async () => {
    const bomb = zipSync({ "a.bin": new Uint8Array(MAX_TOTAL_BYTES / 2), "b.bin": new Uint8Array(MAX_TOTAL_BYTES / 2 + 1) }, { level: 1 });
    expect(bomb.byteLength).toBeLessThan(500_000);
    const result = await collectFiles({ offered: [offer("bomb.zip", bomb)] });
    expect(result.files).toEqual([]);
    expect(result.problems[0]?.message).toContain("more than the 50 MB");
  });

  it("says so when a zip is none, or is damaged", async () => {
    expect((await collectFiles({ offered: [offer("a.zip", "hello")] })).problems[0]?.message).toContain("not a zip file");
    const cut = zipSync({ "index.tsx": strToU8("x".repeat(5000)) }).slice(0, 40);
    expect((await collectFiles({ offered: [offer("a.zip", cut)] })).problems[0]?.message).toContain("can't be opened");
  });
});
