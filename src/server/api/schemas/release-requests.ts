/** What is asked about releases. */
import { z } from "zod";
import { checkSource, releaseFields } from "./build-requests";
import { id, packageRef } from "./names";
import { fileInput, releaseFile, releaseView } from "./packages";
import { pagingAnswer, pagingFields } from "./paging";

export const listReleasesInput = z.object({ package: packageRef, ...pagingFields });
export const listReleasesOutput = z.object({ releases: z.array(releaseView), ...pagingAnswer });

export const getReleaseInput = z.union([
  z.object({ release_id: id }),
  z.object({ package: packageRef, /** A version, or `latest`. */ version: z.string().min(1).max(100) }),
]);
export const releaseDetail = releaseView.extend({ files: z.array(releaseFile), can_write: z.boolean() });

export const createReleaseInput = z.strictObject({ package: packageRef, ...releaseFields }).superRefine(checkSource);

export const updateFilesInput = z
  .strictObject({
    release_id: id,
    upsert: z.array(fileInput).default([]),
    remove: z.array(z.string().min(1).max(512)).default([]),
  })
  .refine((value) => value.upsert.length + value.remove.length > 0, { error: "must name at least one file to put or remove.", path: ["upsert"] });

export const readFileInput = z.object({ release_id: id, path: z.string().min(1).max(512) });
export const readFileOutput = z.object({ path: z.string(), size: z.number().int(), /** Null: not a text. */ content: z.string().nullable() });

export const setLockedInput = z.strictObject({ release_id: id, locked: z.boolean() });
