import { CircleAlert } from "lucide-react";
import { cn } from "~/components/ui/class-names";

/** What is wrong with the form as a whole. It is in the page from the start, so that a screen reader reads it out. */
export function FormProblem({ message, className }: { message: string | undefined; className?: string }) {
  return (
    <div role="alert" className={cn("empty:hidden", className)}>
      {message === undefined ? null : (
        <p className="flex items-start gap-2 rounded-md border border-failed/30 bg-failed/8 px-3 py-2 text-sm text-failed">
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          <span className="min-w-0 break-words">{message}</span>
        </p>
      )}
    </div>
  );
}
