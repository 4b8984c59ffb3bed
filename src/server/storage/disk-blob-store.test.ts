import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sha256Hex } from "~/domain/fingerprint";
import type { BlobStore } from "./blob-store";
import { openDiskBlobStore } from "./disk-blob-store";

let directory: string;
let blobs: BlobStore;
const text = Buffer.from("a board");
const address = sha256Hex(text);

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), "slipway-blobs-"));
  blobs = await openDiskBlobStore({ directory });
});
afterEach(() => rm(directory, { recursive: true }));

describe("disk blob store", () => {
  it("answers what was put, by address, once however often it is put", async () => {
    expect(await blobs.put(text)).toEqual({ sha256: address, size: 7 });
    expect(await blobs.put(text)).toEqual({ sha256: address, size: 7 });
    expect(Buffer.from(await blobs.get(address)).toString()).toBe("a board");
    expect(await readdir(path.join(directory, "incoming"))).toEqual([]);
  });

  it("takes a host file and leaves it where it is", async () => {
    const file = path.join(directory, "source.txt");
    await writeFile(file, text);
    expect(await blobs.put({ hostFile: file })).toEqual({ sha256: address, size: 7 });
    expect(await readdir(directory)).toContain("source.txt");
  });

  it("streams the whole or a range", async () => {
    await blobs.put(text);
    expect((await buffer(await blobs.stream(address))).toString()).toBe("a board");
    expect((await buffer(await blobs.stream(address, { start: 2, end: 4 }))).toString()).toBe("boa");
  });

  it("refuses damaged bytes, both ways of reading", async () => {
    await blobs.put(text);
    await writeFile(path.join(directory, address.slice(0, 2), address.slice(2)), "a bored");
    await expect(blobs.get(address)).rejects.toMatchObject({ code: "internal" });
    await expect(buffer(await blobs.stream(address))).rejects.toMatchObject({ code: "internal" });
  });

  it("says not found for what is not there, and null for its size", async () => {
    await expect(blobs.get("0".repeat(64))).rejects.toMatchObject({ code: "not_found" });
    expect(await blobs.stat("0".repeat(64))).toBeNull();
    expect(await blobs.delete("0".repeat(64))).toBe(false);
  });

  it("refuses an address that is not one, so that none can leave the folder", async () => {
    await expect(blobs.get("../../etc/passwd")).rejects.toMatchObject({ code: "bad_request" });
  });
});

describe("a batch", () => {
  const pieces = Array.from({ length: 40 }, (_, index) => Buffer.from(`piece ${index % 30}`));

  it("shows nothing before it is committed, and everything after, with nothing left aside", async () => {
    const batch = blobs.beginBatch();
    const stored = await Promise.all(pieces.map((piece) => batch.add(piece)));
    expect(stored.map((blob) => blob.sha256)).toEqual(pieces.map((piece) => sha256Hex(piece)));
    const [first] = stored;
    expect(await blobs.stat(first?.sha256 ?? "")).toBeNull();
    await batch.commit();
    for (const piece of pieces) expect(Buffer.from(await blobs.get(sha256Hex(piece)))).toEqual(piece);
    expect(await readdir(path.join(directory, "incoming"))).toEqual([]);
  });

  it("leaves nothing when it is discarded, and takes nothing away that was there", async () => {
    await blobs.put(text);
    const batch = blobs.beginBatch();
    await Promise.all([...pieces, text].map((piece) => batch.add(piece)));
    await batch.discard();
    expect(await readdir(path.join(directory, "incoming"))).toEqual([]);
    expect(await blobs.stat(sha256Hex(pieces[0] ?? ""))).toBeNull();
    expect(await blobs.stat(address)).toEqual({ size: 7 });
  });

  it("takes a stream, and keeps nothing of one that fails", async () => {
    const batch = blobs.beginBatch();
    const stored = await batch.add(streamOf(["a ", "board"]));
    expect(stored).toEqual({ sha256: address, size: 7 });
    await expect(batch.add(streamOf(["half", new Error("torn")]))).rejects.toThrow("torn");
    await batch.commit();
    expect(Buffer.from(await blobs.get(address)).toString()).toBe("a board");
    expect(await readdir(path.join(directory, "incoming"))).toEqual([]);
  });

  it("may be committed again, and by two at once", async () => {
    const both = [blobs.beginBatch(), blobs.beginBatch()];
    await Promise.all(both.flatMap((batch) => pieces.map((piece) => batch.add(piece))));
    await Promise.all(both.map((batch) => batch.commit()));
    await both[0]?.commit();
    await both[0]?.discard();
    expect(Buffer.from(await blobs.get(sha256Hex(pieces[3] ?? ""))).toString()).toBe("piece 3");
    expect(await readdir(path.join(directory, "incoming"))).toEqual([]);
  });
});

async function* streamOf(parts: readonly (string | Error)[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) {
    if (part instanceof Error) throw part;
    yield Buffer.from(part);
  }
}
