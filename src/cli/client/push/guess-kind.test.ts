import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { guessKind } from "./guess-kind";

describe("guessKind", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "slipway-kind-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function kindOf(files: Record<string, string>): Promise<string> {
    const found = await Promise.all(
      Object.entries(files).map(async ([name, text], index) => {
        const file = path.join(folder, String(index));
        await writeFile(file, text);
        return { path: name, file, size: text.length };
      }),
    );
    return guessKind({ files: found });
  }

  it.each([
    ["circuit", { "index.tsx": "export default () => <board width=\"10mm\" />" }],
    ["circuit", { "boards/led.circuit.tsx": "" }],
    ["circuit", { "package.json": "{\"devDependencies\":{\"tscircuit\":\"1\"}}", "lib/x.ts": "" }],
    ["contract", { "src/Token.sol": "", "package.json": "not json" }],
    ["contract", { "vault.vy": "" }],
    ["python", { "pyproject.toml": "", "a.py": "" }],
  ])("sees a %s", async (kind, files) => {
    expect(await kindOf(files)).toBe(kind);
  });

  it("does not guess where the files are not clear", async () => {
    await expect(kindOf({ "index.tsx": "export default () => <Page />" })).rejects.toThrow(expect.objectContaining({ fix: expect.stringContaining("--kind circuit|contract|python|function|project") }));
    await expect(kindOf({ "a.sol": "", "requirements.txt": "" })).rejects.toThrow(/contract, python/);
  });
});
