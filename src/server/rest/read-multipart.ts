/**
 * Reads `multipart/form-data`: text fields, and one file that goes to the disk as it comes, never into memory.
 */
import { createHash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import busboy from "busboy";
import { AppError, invalidField } from "~/domain/errors";
import { MAX_TOTAL_BYTES } from "~/domain/release-files";
import { UploadedArchive } from "../api/schemas/uploaded-archive";
import { openNamelessFile } from "../http/nameless-file";

const MB = 1024 * 1024;
/** Files of 50 MB that can't be packed any smaller, and what an archive writes of each: its name and its place. */
const MAX_ARCHIVE_BYTES = MAX_TOTAL_BYTES + 4 * MB;
/** The archive, and room for the fields around it. */
export const MAX_MULTIPART_BYTES = MAX_ARCHIVE_BYTES + MB;

const MAX_FIELDS = 20;
const MAX_FIELD_BYTES = 64 * 1024;
/** Fields that hold an object, as JSON. */
const JSON_FIELDS = new Set(["options", "labels"]);
const ARCHIVE = "archive";

/**
 * `use` gets the fields by name, the file as `archive`. Throws `payload_too_large` as soon as too much came, `bad_request`
 * for a form that is cut off or malformed, `validation_failed` for fields that can't be.
 */
export async function readMultipart<Answer>(options: { request: IncomingMessage; use: (body: Record<string, unknown>) => Promise<Answer> }): Promise<Answer> {
  const form = await readForm(options.request);
  try {
    return await options.use({ ...form.fields, ...(form.archive === null ? {} : { [ARCHIVE]: form.archive }) });
  } finally {
    await form.file?.close();
  }
}

interface Form {
  fields: Record<string, unknown>;
  archive: UploadedArchive | null;
  file: FileHandle | null;
}

function readForm(request: IncomingMessage): Promise<Form> {
  const parser = openParser(request);
  const form: Form = { fields: {}, archive: null, file: null };
  let writing: Promise<void> = Promise.resolve();
  let incoming: Readable | undefined;
  let failed = false;
  return new Promise<Form>((resolve, reject) => {
    const fail = (error: unknown): void => {
      failed = true;
      request.unpipe(parser);
      incoming?.destroy();
      // The upload's file has no name: closing it is all there is to clean.
      void writing.catch(() => undefined).then(() => form.file?.close());
      reject(error);
    };
    parser.on("field", (name, value, info) => {
      if (info.nameTruncated || info.valueTruncated) fail(invalidField(shorten(name), `must have at most ${MAX_FIELD_BYTES / 1024} KB.`));
      else if (name === ARCHIVE) fail(invalidField(name, "must be a file: give the part a file name."));
      else if (Object.hasOwn(form.fields, name) || name === "__proto__") fail(invalidField(shorten(name), "is sent twice, or can't be a field. Send it once."));
      else {
        try {
          form.fields[name] = JSON_FIELDS.has(name) ? parseField(name, value) : value;
        } catch (error) {
          fail(error);
        }
      }
    });
    parser.on("file", (_name, stream) => {
      // Its error comes to whoever reads it; while nobody does, it would end the process.
      stream.on("error", () => undefined);
      // What the parser still had when the form was refused.
      if (failed) return void stream.resume();
      incoming = stream;
      // Told at once: the stream itself would go on, empty, until the sender is done.
      stream.on("limit", () => fail(archiveTooLarge()));
      writing = keepFile({ stream, form });
      // Thrown on at the end of the form, if not by then.
      writing.catch(fail);
    });
    parser.on("filesLimit", () => fail(invalidField(ARCHIVE, "must be the only file of the form. Pack everything into one.")));
    for (const event of ["partsLimit", "fieldsLimit"] as const) parser.on(event, () => fail(new AppError("bad_request", { userMessage: `The form has more than ${MAX_FIELDS} fields.` })));
    parser.on("error", (cause) => fail(new AppError("bad_request", { userMessage: "The form is malformed or cut off. Let your client make its boundary and headers.", cause })));
    parser.on("close", () => void writing.then(() => resolve(form), fail));
    request.once("error", fail);
    request.once("aborted", () => fail(new AppError("bad_request", { userMessage: "The upload was cut off." })));
    request.pipe(parser);
  });
}

function openParser(request: IncomingMessage): busboy.Busboy {
  try {
    return busboy({ headers: request.headers, limits: { fields: MAX_FIELDS, fieldSize: MAX_FIELD_BYTES, files: 1, fileSize: MAX_ARCHIVE_BYTES, parts: MAX_FIELDS + 1, headerPairs: 50 } });
  } catch (cause) {
    throw new AppError("bad_request", { userMessage: "The form has no usable boundary. Let your client set the Content-Type.", cause });
  }
}

async function keepFile(options: { stream: Readable; form: Form }): Promise<void> {
  const { stream, form } = options;
  const file = await openNamelessFile();
  form.file = file;
  const hash = createHash("sha256");
  let size = 0;
  for await (const chunk of stream) {
    const bytes: Buffer = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk);
    hash.update(bytes);
    size += bytes.byteLength;
    await file.write(bytes, 0, bytes.byteLength);
  }
  form.archive = new UploadedArchive({ sha256: hash.digest("hex"), size, descriptor: file.fd });
}

function archiveTooLarge(): AppError {
  const message = "is larger than 54 MB; a release may have 50 MB of files. Leave out what the build does not need, such as node_modules.";
  return new AppError("payload_too_large", { userMessage: `${ARCHIVE} ${message}`, fields: [{ path: ARCHIVE, message }] });
}

function parseField(name: string, value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    throw invalidField(name, "must be JSON, such as {\"key\": \"value\"}.");
  }
}

function shorten(name: string): string {
  return name.slice(0, 60);
}
