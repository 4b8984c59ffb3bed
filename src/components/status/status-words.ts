import type { StageStatus } from "~/domain/statuses";

/** The word that is shown for a status. `cancelling` is a build that was asked to stop and is not confirmed dead yet. */
export const STATUS_WORDS: Record<StageStatus | "cancelling", string> = {
  pending: "Pending",
  building: "Building",
  successful: "Successful",
  failed: "Failed",
  cancelled: "Cancelled",
  skipped: "Skipped",
  cancelling: "Cancelling",
};
