/** A build that was just made. */
import type { BuildStatus } from "./statuses";

/** All that its maker is told, so that nothing need be read, and nothing can fail, once it is committed. */
export interface NewBuild {
  buildId: string;
  releaseId: string;
  /** `workspace/name`. */
  packageName: string;
  /** ms, from the past; null without one. */
  estimatedMs: number | null;
  number: number;
  status: BuildStatus;
  createdAt: Date;
}
