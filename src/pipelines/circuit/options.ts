import { z } from "zod";

/** Options of a circuit build. */
export const circuitOptions = z
  .object({
    /** What a type error does: fail the build, or stand in the report as a warning. Syntax errors and missing imports always fail. */
    type_errors: z.enum(["error", "warning"]).default("error"),
    /** Files whose default export is a board, instead of looking for `index.*`, `*.circuit.tsx` and `*.board.tsx`. */
    entries: z
      .array(z.string().min(1).max(500))
      .min(1)
      .max(50)
      .optional(),
  })
  .strict();

export type CircuitOptions = z.infer<typeof circuitOptions>;
