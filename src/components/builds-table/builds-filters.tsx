"use client";

import { ChevronDown, Search, X } from "lucide-react";
import { debounce, useQueryStates } from "nuqs";
import { useId, type RefObject } from "react";
import { StatusIcon } from "~/components/status/status-icon";
import { STATUS_WORDS } from "~/components/status/status-words";
import { Button } from "~/components/ui/button";
import { DropdownMenu, DropdownMenuCheckboxItem, DropdownMenuContent, DropdownMenuTrigger } from "~/components/ui/dropdown-menu";
import { Input } from "~/components/ui/input";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "~/components/ui/select";
import { BUILD_STATUSES } from "~/domain/statuses";
import { BUILD_TRIGGERS, filterParsers, hasFilters } from "./filters";
import { TRIGGERS } from "./trigger-words";

/** A select can't have an empty value. */
const ANY = "any";
const TYPED = { limitUrlUpdates: debounce(250) };

export interface BuildsFiltersProps {
  searchRef: RefObject<HTMLInputElement | null>;
  /** Branches that were seen, to choose from. */
  branches: readonly string[];
  /** For one package its name is not worth searching for. */
  searchHint: string;
}

export function BuildsFilters({ searchRef, branches, searchHint }: BuildsFiltersProps) {
  const [filters, setFilters] = useQueryStates(filterParsers, { history: "replace" });
  const branchList = useId();
  return (
    <search className="flex flex-wrap items-center gap-2">
      <div className="relative min-w-48 flex-1 max-sm:basis-full">
        <Search aria-hidden className="pointer-events-none absolute top-1/2 left-2.5 size-3.5 -translate-y-1/2 text-muted" />
        <Input ref={searchRef} type="search" aria-label="Search builds" placeholder={searchHint} value={filters.q} onChange={(event) => void setFilters({ q: event.target.value }, TYPED)} className="pl-8" />
      </div>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button className="font-normal max-sm:flex-1 max-sm:justify-between">
            {filters.status.length === 0 ? "Any status" : filters.status.map((status) => STATUS_WORDS[status]).join(", ")}
            <ChevronDown aria-hidden className="text-muted" />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="start">
          {BUILD_STATUSES.map((status) => (
            <DropdownMenuCheckboxItem
              key={status}
              checked={filters.status.includes(status)}
              onSelect={(event) => event.preventDefault()}
              onCheckedChange={(checked) => void setFilters({ status: checked ? [...filters.status, status] : filters.status.filter((each) => each !== status) })}
            >
              <StatusIcon decorative status={status} />
              {STATUS_WORDS[status]}
            </DropdownMenuCheckboxItem>
          ))}
        </DropdownMenuContent>
      </DropdownMenu>
      <Select value={filters.trigger ?? ANY} onValueChange={(value) => void setFilters({ trigger: BUILD_TRIGGERS.find((each) => each === value) ?? null })}>
        <SelectTrigger aria-label="Trigger" className="min-w-32 max-sm:min-w-0 max-sm:flex-1"><SelectValue /></SelectTrigger>
        <SelectContent>
          <SelectItem value={ANY}>Any trigger</SelectItem>
          {BUILD_TRIGGERS.map((trigger) => <SelectItem key={trigger} value={trigger}>{TRIGGERS[trigger].label}</SelectItem>)}
        </SelectContent>
      </Select>
      <Input aria-label="Branch" placeholder="Any branch" list={branchList} value={filters.branch} onChange={(event) => void setFilters({ branch: event.target.value }, TYPED)} className="w-32 max-sm:w-auto max-sm:basis-full" />
      <datalist id={branchList}>{branches.map((branch) => <option key={branch} value={branch} />)}</datalist>
      {hasFilters(filters) ? (
        <Button variant="ghost" onClick={() => void setFilters(null)}>
          <X aria-hidden />
          Clear
        </Button>
      ) : null}
    </search>
  );
}
