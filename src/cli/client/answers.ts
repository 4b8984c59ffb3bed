/**
 * The server's answers, as far as the commands look into them. Whatever else a server sends is kept, so that `--json` hands on
 * all of it, and so that a newer server does not break an older command.
 */
import { z } from "zod";

const stageDot = z.looseObject({ key: z.string(), title: z.string(), status: z.string(), cached: z.boolean().optional() });

export const createdBuildAnswer = z.looseObject({
  build_id: z.string(),
  package: z.string(),
  number: z.number(),
  status: z.string(),
  links: z.looseObject({ html: z.string() }),
});
export type CreatedBuildAnswer = z.infer<typeof createdBuildAnswer>;

export const buildAnswer = z.looseObject({
  build_id: z.string(),
  number: z.number(),
  package: z.string(),
  version: z.string(),
  ref: z.string().nullable(),
  commit_sha: z.string().nullable(),
  status: z.string(),
  stages: z.array(stageDot),
  error: z.looseObject({ message: z.string() }).nullable(),
  created_at: z.string(),
  duration_ms: z.number().nullable(),
});
export type BuildAnswer = z.infer<typeof buildAnswer>;

export const buildsAnswer = z.looseObject({ builds: z.array(buildAnswer), count: z.number(), total: z.number(), next_cursor: z.string().nullish() });

export const cancelledAnswer = z.looseObject({ build_id: z.string(), status: z.string(), cancelled_in_ms: z.number() });

export const chainsAnswer = z.looseObject({
  chains: z.array(z.looseObject({ chain_id: z.number(), name: z.string(), testnet: z.boolean(), available: z.boolean(), has_signer: z.boolean(), signer: z.string().nullable() })),
});

export const packageAnswer = z.looseObject({ package: z.string(), kind: z.string() });

export const artifactAnswer = z.looseObject({ name: z.string(), stage: z.string(), size: z.number(), sha256: z.string().regex(/^[0-9a-f]{64}$/) });
export type ArtifactAnswer = z.infer<typeof artifactAnswer>;
export const artifactsAnswer = z.looseObject({ artifacts: z.array(artifactAnswer), count: z.number() });

export const logsAnswer = z.looseObject({
  logs: z.array(z.looseObject({ id: z.number(), stage: z.string(), stream: z.string(), message: z.string() })),
  next_after_id: z.number().nullable(),
});

export const meAnswer = z.looseObject({
  user: z.looseObject({ handle: z.string(), name: z.string(), email: z.string(), role: z.string() }).nullable(),
  workspaces: z.array(z.looseObject({ slug: z.string(), role: z.string() })),
});
export type MeAnswer = z.infer<typeof meAnswer>;

export const buildEvent = z.looseObject({
  object: z.literal("build.event"),
  id: z.number(),
  type: z.string(),
  step: z.string().optional(),
  stream: z.string().optional(),
  status: z.string().optional(),
  message: z.string().optional(),
  error_message: z.string().nullish(),
  error_code: z.string().nullish(),
  summary: z.string().optional(),
});
export type BuildEvent = z.infer<typeof buildEvent>;
