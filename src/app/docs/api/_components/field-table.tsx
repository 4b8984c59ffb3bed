import type { FieldRow } from "../_reference/list-fields";
import { Words } from "./words";

export function FieldTable({ caption, rows }: { caption: string; rows: readonly (FieldRow & { where?: string })[] }) {
  if (rows.length === 0) return null;
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <h4 className="text-xs font-semibold text-muted">{caption}</h4>
      <dl className="divide-y rounded-md border text-sm">
        {rows.map((row) => (
          <div key={`${row.where ?? ""}${row.name}`} className="grid min-w-0 gap-x-4 gap-y-0.5 px-3 py-1.5 sm:grid-cols-[minmax(9rem,14rem)_1fr]">
            <dt className="flex min-w-0 flex-col">
              <code className="font-mono text-xs font-medium break-words">{row.name}{row.required ? <span className="text-failed"> *<span className="sr-only"> required</span></span> : null}</code>
              <span className="text-xs break-words text-muted">{row.where === undefined ? row.type : `${row.where}, ${row.type}`}</span>
            </dt>
            <dd className="min-w-0 break-words"><Words text={row.description} /></dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
