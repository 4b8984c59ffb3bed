/** What the reader makes of a prompt, while it is typed: the same that the build will make of it. */
import { z } from "zod";
import { MAX_PROMPT } from "~/domain/prompt-bounds";
import { contractFeatures } from "~/pipelines/contract/options";
import { contractSpec, templateName } from "~/pipelines/contract/spec/schema";
import { understandPrompt } from "~/pipelines/contract/spec/understand";
import { scopedProcedure } from "../../trpc";

const understandInput = z.strictObject({
  /** Also one that is too short to build yet. */
  prompt: z.string().max(MAX_PROMPT, { error: `must have at most ${MAX_PROMPT} characters.` }),
  template: templateName.optional(),
  features: contractFeatures.optional(),
});

const understandOutput = z.object({
  /** Null while something is unsupported or wrong. */
  spec: contractSpec.nullable(),
  template: templateName.nullable(),
  understood: z.array(z.object({ field: z.string(), value: z.string(), text: z.string() })),
  assumed: z.array(z.object({ field: z.string(), value: z.string(), why: z.string() })),
  unsupported: z.array(z.object({ part: z.string(), why: z.string() })),
  problems: z.array(z.object({ field: z.string(), message: z.string() })),
});

export const understand = scopedProcedure("builds:read")
  .input(understandInput)
  .output(understandOutput)
  .query(({ input }) => {
    const { spec, template, understood, assumed, unsupported, problems } = understandPrompt(input);
    return { spec, template, understood: [...understood], assumed: [...assumed], unsupported: [...unsupported], problems: [...problems] };
  });
