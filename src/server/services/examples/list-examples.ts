/** Packages that a first visit builds with one click: every pipeline brings its own. */
import type { PipelineExample, PipelineKind } from "~/pipelines/define";
import type { ServiceContext } from "../context";

export interface Example extends PipelineExample {
  kind: PipelineKind;
}

export function listExamples({ context }: { context: ServiceContext }): Example[] {
  return context.pipelines.kinds().flatMap((kind) => (context.pipelines.get(kind)?.examples ?? []).map((example) => ({ ...example, kind })));
}
