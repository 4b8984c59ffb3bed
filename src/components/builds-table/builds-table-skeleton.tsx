import { cn } from "~/components/ui/class-names";
import { Skeleton } from "~/components/ui/skeleton";
import { TableCell, TableRow } from "~/components/ui/table";
import { COLUMN_CLASSES } from "./column-classes";

const WIDTHS: Readonly<Record<string, string>> = { status: "h-5 w-24 rounded-full", build: "h-4 w-2/5", release: "h-4 w-16", trigger: "h-4 w-20", stages: "h-2.5 w-14", duration: "ml-auto h-4 w-11", age: "ml-auto h-4 w-14", menu: "ml-auto h-4 w-4" };

export function BuildRowSkeletons({ rows }: { rows: number }) {
  return Array.from({ length: rows }, (_, row) => (
    <TableRow key={row} aria-hidden className="h-14">
      {Object.entries(COLUMN_CLASSES).map(([id, className]) => (
        <TableCell key={id} className={className}><Skeleton className={cn(WIDTHS[id])} /></TableCell>
      ))}
    </TableRow>
  ));
}
