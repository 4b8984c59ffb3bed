/** For whoever asks for a build's log or artifacts: an answer that says why there are none. */
import { AppError } from "~/domain/errors";

/** Throws `not_found` for a build whose log and artifacts retention removed. */
export function requireContent(build: { number: number; contentRemovedAt: Date | null }): void {
  if (build.contentRemovedAt === null) return;
  const day = build.contentRemovedAt.toISOString().slice(0, 10);
  throw new AppError("not_found", { userMessage: `Retention removed the log and the artifacts of build #${build.number} on ${day}. Build its release again to have new ones.` });
}
