import { Badge } from "~/components/ui/badge";
import { Card, CardContent, CardHeader, CardTitle } from "~/components/ui/card";
import type { OpenApiDocument } from "~/server/rest/openapi/document";
import { Words } from "./words";

/** Where `type` of a problem document leads. */
export function ErrorCodes({ codes }: { codes: OpenApiDocument["x-error-codes"] }) {
  return (
    <Card aria-labelledby="errors" className="scroll-mt-16">
      <CardHeader><CardTitle id="errors">Errors</CardTitle></CardHeader>
      <CardContent className="flex flex-col gap-3">
        <p className="text-sm text-pretty">
          <Words text="Answered as `application/problem+json` (RFC 9457), with `code` to tell them apart, `detail` for people, `errors` for each wrong field, and `request_id` for whoever runs the server." />
        </p>
        <dl className="divide-y rounded-md border text-sm">
          {codes.map(({ code, status, description }) => (
            <div key={code} id={`error-${code}`} className="grid scroll-mt-16 gap-x-4 gap-y-0.5 px-3 py-2 target:bg-accent-soft sm:grid-cols-[minmax(9rem,16rem)_1fr]">
              <dt className="flex flex-wrap items-center gap-2"><Badge>{status}</Badge><code className="font-mono text-xs font-medium break-all">{code}</code></dt>
              <dd className="min-w-0"><Words text={description} /></dd>
            </div>
          ))}
        </dl>
      </CardContent>
    </Card>
  );
}
