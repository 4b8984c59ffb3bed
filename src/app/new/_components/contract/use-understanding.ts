"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import { useSettled } from "~/components/builds-table/use-settled";
import type { AppRouter } from "~/server/api/root";
import { useTRPC } from "~/trpc/client";

export type Understanding = inferRouterOutputs<AppRouter>["contracts"]["understand"];
type UnderstandInput = inferRouterInputs<AppRouter>["contracts"]["understand"];
export type Template = NonNullable<UnderstandInput["template"]>;
export type Features = NonNullable<UnderstandInput["features"]>;

/** Below this many characters there is nothing to read yet. */
const WORTH_READING = 4;

/** What the server understands of the prompt, a moment after the last key. `pending` while an older answer is shown. */
export function useUnderstanding(input: { prompt: string; template: Template | null; features: Features }): { understanding: Understanding | undefined; pending: boolean } {
  const trpc = useTRPC();
  const settled = useSettled({ value: input, afterMs: 250 });
  const { prompt, template, features } = settled;
  const query = useQuery(
    trpc.contracts.understand.queryOptions(
      { prompt, features, ...(template === null ? {} : { template }) },
      { enabled: prompt.trim().length >= WORTH_READING, placeholderData: keepPreviousData, retry: false },
    ),
  );
  const readable = input.prompt.trim().length >= WORTH_READING;
  return { understanding: readable ? query.data : undefined, pending: query.isFetching || settled.prompt !== input.prompt };
}
