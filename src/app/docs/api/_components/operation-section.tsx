import { ChevronRight } from "lucide-react";
import { Badge, type BadgeTone } from "~/components/ui/badge";
import type { OpenApiDocument, OpenApiOperation } from "~/server/rest/openapi/document";
import { listFields, listForms, nameType } from "../_reference/list-fields";
import { listAnswers } from "../_reference/list-answers";
import { makeCurl } from "../_reference/make-curl";
import { toTryOperation } from "../_reference/try-operation";
import { CodeBlock } from "./code-block";
import { FieldTable } from "./field-table";
import { TryIt } from "./try-it";
import { Words } from "./words";

const METHOD_TONE: Record<string, BadgeTone> = { GET: "accent", POST: "successful", PUT: "stale", PATCH: "stale", DELETE: "failed" };
const ACCESS_WORDS: Record<string, string> = { public: "Anyone; more for those who are signed in", signed_in: "Signed in", session: "Signed in with the browser", "builds:read": "Scope builds:read", "builds:write": "Scope builds:write", admin: "Scope admin" };
const LIMIT_WORDS: Record<string, string> = { builds: "counts as a new build", writes: "counts as a write", reads: "counts as a read", none: "not limited" };

export interface OperationSectionProps {
  method: string;
  path: string;
  operation: OpenApiOperation;
  document: OpenApiDocument;
  origin: string;
}

export function OperationSection({ method, path, operation, document, origin }: OperationSectionProps) {
  const { schemas } = document.components;
  const tryable = toTryOperation({ method, path, operation });
  const { successes, codes } = listAnswers({ operation, document });
  const parameters = (operation.parameters ?? []).map((parameter) => ({ name: parameter.name, where: parameter.in, type: nameType({ schema: parameter.schema, schemas }), required: parameter.required ?? false, description: parameter.description }));
  return (
    <details id={operation.operationId} className="group min-w-0 scroll-mt-16 rounded-lg border bg-surface">
      <summary className="flex cursor-pointer list-none flex-wrap items-center gap-x-2.5 gap-y-1 rounded-lg px-3 py-2 hover:bg-surface-hover [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden className="size-4 shrink-0 text-muted transition-transform group-open:rotate-90" />
        <Badge tone={METHOD_TONE[method] ?? "neutral"} className="w-14 justify-center font-mono">{method}</Badge>
        <code className="min-w-0 font-mono text-xs break-all">{path}</code>
        <h3 className="min-w-0 text-sm font-normal text-muted">{operation.summary}</h3>
      </summary>
      <div className="flex min-w-0 flex-col gap-4 border-t p-4">
        <p className="text-sm text-pretty"><Words text={operation.description} /></p>
        <p className="flex flex-wrap items-center gap-2 text-xs text-muted">
          <Badge tone="outline">{ACCESS_WORDS[operation["x-access"]] ?? operation["x-access"]}</Badge>
          <span>{LIMIT_WORDS[operation["x-limit"]] ?? operation["x-limit"]}</span>
          <a href={`#${operation.operationId}`} className="text-accent underline underline-offset-3">Link to {operation.operationId}</a>
        </p>
        <FieldTable caption="Parameters" rows={parameters} />
        {Object.entries(operation.requestBody?.content ?? {}).flatMap(([type, media]) =>
          listForms({ schema: media.schema ?? {}, schemas }).map((rows, index, forms) => (
            <FieldTable key={`${type}${index}`} caption={`Body, ${type}${forms.length > 1 ? `, form ${index + 1} of ${forms.length}` : ""}`} rows={rows} />
          )),
        )}
        <div className="flex min-w-0 flex-col gap-1.5">
          <h4 className="text-xs font-semibold text-muted">curl</h4>
          <CodeBlock text={makeCurl({ method, path, operation, origin })} what={`curl for ${operation.operationId}`} />
        </div>
        {successes.map(({ status, description, type, example, schema }) => (
          <div key={`${status}${type}`} className="flex min-w-0 flex-col gap-1.5">
            <h4 className="text-xs font-semibold text-muted">{status} {type}</h4>
            {description === "Done." ? null : <p className="text-sm"><Words text={description} /></p>}
            {schema === undefined ? null : <AnswerFields rows={listFields({ schema, schemas })} />}
            {example === null ? null : <CodeBlock text={example} what={`Example of ${operation.operationId}, ${status} ${type}`} />}
          </div>
        ))}
        {codes.length > 0 ? (
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-muted">
            <span className="font-semibold">Errors</span>
            {codes.map(({ status, code }) => <a key={code} href={`#error-${code}`} className="text-accent underline underline-offset-3">{status} {code}</a>)}
          </p>
        ) : null}
        {tryable === null ? null : <TryIt operation={tryable} />}
      </div>
    </details>
  );
}

function AnswerFields({ rows }: { rows: ReturnType<typeof listFields> }) {
  if (rows.length === 0) return null;
  return (
    <details className="min-w-0 text-sm">
      <summary className="w-fit cursor-pointer text-xs text-muted">{rows.length} fields</summary>
      <div className="pt-1.5"><FieldTable caption="Fields" rows={rows} /></div>
    </details>
  );
}
