import { QueryClient } from "@tanstack/react-query";
import { describeError } from "./describe-error";

/** One per browser tab, one per request on the server. The event stream keeps lists fresh, so little is fetched again. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        retry: (failures, error) => failures < 2 && describeError(error).retryable,
        retryDelay: (failures) => Math.min(4000, 400 * 2 ** failures),
      },
      mutations: { retry: false },
    },
  });
}
