import { z } from "zod";

/** What the server puts beside an error, as far as the pages use it. */
const errorData = z.object({
  app_code: z.string().optional(),
  httpStatus: z.number().optional(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  request_id: z.string().nullish(),
  retry_after_seconds: z.number().nullish(),
});

export interface DescribedError {
  /** Stable code of ours, `unreachable` when the server did not answer, else `internal`. */
  code: string;
  message: string;
  fields: { path: string; message: string }[];
  retryable: boolean;
  requestId: string | null;
}

/** Any error of a query or mutation, ready to show. */
export function describeError(error: unknown): DescribedError {
  const raw = typeof error === "object" && error !== null && "data" in error ? errorData.safeParse(error.data) : null;
  if (raw === null || !raw.success) {
    return {
      code: "unreachable",
      message: "The server does not answer. Check that it runs and that you are connected.",
      fields: [],
      retryable: true,
      requestId: null,
    };
  }
  const status = raw.data.httpStatus ?? 500;
  return {
    code: raw.data.app_code ?? "internal",
    message: error instanceof Error ? error.message : "Something went wrong.",
    fields: raw.data.errors ?? [],
    retryable: status >= 500 || status === 408,
    requestId: raw.data.request_id ?? null,
  };
}
