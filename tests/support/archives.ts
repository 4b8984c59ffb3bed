/** Archives as people, and people of ill will, make them. */
import { buffer } from "node:stream/consumers";
import { crc32, deflateRawSync, gzipSync } from "node:zlib";
import { pack, type Header } from "tar-stream";

export interface ZipEntry {
  name: string;
  content?: string | Uint8Array;
  /** Of the file system, such as `0o120777` for a symbolic link. */
  mode?: number;
  /** In place of the true ones. */
  claims?: { size?: number; checksum?: number; flags?: number };
}

export type Bytes = Uint8Array<ArrayBuffer>;

/** A zip, written by hand so that it may lie. */
export function makeZip(entries: readonly ZipEntry[]): Bytes {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content = "", mode = 0o100644, claims = {} } of entries) {
    const bytes = Buffer.from(content);
    const packed = deflateRawSync(bytes);
    const path = Buffer.from(name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x0800 | (claims.flags ?? 0), 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(claims.checksum ?? crc32(bytes), 10);
    common.writeUInt32LE(packed.byteLength, 14);
    common.writeUInt32LE(claims.size ?? bytes.byteLength, 18);
    common.writeUInt16LE(path.byteLength, 22);
    parts.push(Buffer.from([0x50, 0x4b, 3, 4]), common, path, packed);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(mode * 0x10000, 6);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.from([0x50, 0x4b, 1, 2, 20, 3]), common, tail, path);
    offset += 30 + path.byteLength + packed.byteLength;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(list.byteLength, 12);
  end.writeUInt32LE(offset, 16);
  return new Uint8Array(Buffer.concat([...parts, list, end]));
}

export type TarEntry = Partial<Header> & { name: string; content?: string | Uint8Array };

export async function makeTarGz(entries: readonly TarEntry[]): Promise<Bytes> {
  const tar = pack();
  for (const { content, ...header } of entries) {
    if (content === undefined) tar.entry({ ...header });
    else tar.entry({ ...header }, Buffer.from(content));
  }
  tar.finalize();
  return new Uint8Array(gzipSync(await buffer(tar)));
}

/** A form as browsers send it; fields in the given order, a file as `[file name, bytes]`. */
export function makeForm(fields: readonly (readonly [string, string | readonly [string, Uint8Array]])[]): { body: Bytes; headers: Record<string, string> } {
  const boundary = "----slipway-form-4f1c";
  const parts = fields.map(([name, value]) => {
    const isText = typeof value === "string";
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${isText ? "" : `; filename="${value[0]}"\r\nContent-Type: application/octet-stream`}\r\n\r\n`;
    return Buffer.concat([Buffer.from(head), Buffer.from(isText ? value : value[1]), Buffer.from("\r\n")]);
  });
  const body = new Uint8Array(Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]));
  return { body, headers: { "content-type": `multipart/form-data; boundary=${boundary}` } };
}
