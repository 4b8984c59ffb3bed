"use client";

/** The last resort, when even the shell could not be drawn: so it leans on nothing of it. */
export default function GlobalError({ reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <h1>Slipway could not show this page</h1>
        <p>Your packages and builds are safe, and what runs goes on.</p>
        <button type="button" onClick={reset}>Try again</button>
      </body>
    </html>
  );
}
