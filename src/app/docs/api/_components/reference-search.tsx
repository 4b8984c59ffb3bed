"use client";

import { Search } from "lucide-react";
import { createContext, useContext, useId, useMemo, useRef, useState, type ReactNode } from "react";
import { useHotkeys } from "~/components/shell/use-hotkeys";
import { Input } from "~/components/ui/input";
import { Label } from "~/components/ui/label";

interface SearchState {
  query: string;
  setQuery: (query: string) => void;
}

const SearchContext = createContext<SearchState>({ query: "", setQuery: () => undefined });

export function ReferenceSearch({ children }: { children: ReactNode }) {
  const [query, setQuery] = useState("");
  const state = useMemo(() => ({ query, setQuery }), [query]);
  return <SearchContext value={state}>{children}</SearchContext>;
}

/** True when every word of the query is in the text. */
export function matchesQuery({ text, query }: { text: string; query: string }): boolean {
  const lower = text.toLowerCase();
  return query.toLowerCase().split(/\s+/).every((word) => lower.includes(word));
}

/** `texts`: of each operation, to say how many are left. */
export function SearchBox({ texts }: { texts: readonly string[] }) {
  const { query, setQuery } = useContext(SearchContext);
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  useHotkeys({ "/": () => input.current?.focus() });
  const found = query.trim() === "" ? texts.length : texts.filter((text) => matchesQuery({ text, query: query.trim() })).length;
  return (
    <div className="flex flex-col gap-1.5">
      <Label htmlFor={id}>Search</Label>
      <div className="relative">
        <Search aria-hidden className="pointer-events-none absolute top-2 left-2.5 size-4 text-muted" />
        <Input ref={input} id={id} type="search" aria-label="Search operations" placeholder="Search operations" value={query} onChange={(event) => setQuery(event.target.value)} className="pl-8" />
      </div>
      <p role="status" className="text-xs text-muted">{query.trim() === "" ? `${texts.length} operations` : `${found} of ${texts.length} operations${found === 0 ? ": look for a word of a path, or for what you want to do." : ""}`}</p>
    </div>
  );
}

/** Shown while any of the texts matches what is searched for. */
export function Searchable({ texts, className, children }: { texts: readonly string[]; className?: string; children: ReactNode }) {
  const query = useContext(SearchContext).query.trim();
  const isShown = query === "" || texts.some((text) => matchesQuery({ text, query }));
  return <div hidden={!isShown} className={className}>{children}</div>;
}
