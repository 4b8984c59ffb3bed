import type { AbiValueType } from "~/chains/abi-values";
import { CopyButton } from "~/components/ui/copy-button";
import { groupDigits } from "./format-number";

export interface AbiValueProps {
  type: AbiValueType;
  /** As the server answers: whole numbers are decimal text, tuples objects or lists. */
  value: unknown;
  name: string;
}

/** What a contract answered. What is copied is the plain value, without separators. */
export function AbiValue({ type, value, name }: AbiValueProps) {
  const label = name === "" ? null : <span className="shrink-0 font-mono text-xs text-muted">{name}</span>;
  const parts = listParts({ type, value });
  if (parts !== null) {
    return (
      <div className="flex flex-col gap-1">
        <span className="flex items-center gap-2">
          {label}
          {parts.length === 0 ? <span className="text-xs text-muted">empty</span> : null}
          {parts.length > 1 ? <span className="text-xs text-muted">{parts.length} {type.type === "tuple" ? "values" : "entries"}<CopyButton text={JSON.stringify(value)} what="all of them" className="ml-1" /></span> : null}
        </span>
        {/* A long list scrolls in itself: the other functions stay within reach. */}
        <ul className="flex max-h-72 flex-col gap-1 overflow-y-auto border-l pl-3 empty:hidden">
          {parts.map((part, index) => <li key={index}><AbiValue {...part} /></li>)}
        </ul>
      </div>
    );
  }
  const raw = typeof value === "string" ? value : JSON.stringify(value);
  return (
    <div className="flex min-w-0 items-start gap-2">
      {label}
      <output className="min-w-0 font-mono text-sm break-all tabular-nums">{/^u?int/.test(type.type) ? groupDigits(raw) : type.type === "string" ? `“${raw}”` : raw}</output>
      <CopyButton text={raw} what={name === "" ? "value" : name} className="shrink-0" />
    </div>
  );
}

/** The parts of a list or a tuple; null for a value that has none. */
function listParts({ type, value }: Pick<AbiValueProps, "type" | "value">): AbiValueProps[] | null {
  const inner = /^(.*)\[\d*\]$/.exec(type.type)?.[1];
  if (inner !== undefined) return Array.isArray(value) ? value.map((part: unknown, index) => ({ type: { ...type, type: inner }, value: part, name: String(index) })) : null;
  if (type.type !== "tuple" || typeof value !== "object" || value === null) return null;
  const given: readonly unknown[] = Object.values(value);
  return (type.components ?? []).map((component, index) => ({ type: component, value: given[index], name: component.name ?? "" }));
}
