"use client";

import { ErrorState } from "~/components/ui/error-state";

/** A page that broke while it was drawn. The shell around it stands. */
export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <div className="flex flex-1 items-center justify-center">
      <ErrorState
        title="This page broke"
        message={error.digest === undefined ? "Something in it could not be shown." : `Something in it could not be shown. Give the code ${error.digest} to whoever runs this server if it stays.`}
        safe="Your packages and builds are safe, and what runs goes on."
        onRetry={reset}
      />
    </div>
  );
}
