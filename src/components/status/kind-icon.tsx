import { Boxes, CircuitBoard, FileCode2, FolderGit2, SquareFunction, type LucideIcon } from "lucide-react";
import { cn } from "~/components/ui/class-names";

export type PackageKind = "circuit" | "contract" | "python" | "function" | "project";

export const KINDS: Record<PackageKind, { icon: LucideIcon; title: string; description: string }> = {
  circuit: { icon: CircuitBoard, title: "Circuit", description: "A tscircuit board: pictures, Circuit JSON and fabrication files" },
  contract: { icon: FileCode2, title: "Contract", description: "Solidity compiled, audited and deployed" },
  python: { icon: Boxes, title: "Python", description: "A configuration package with a verified environment" },
  function: { icon: SquareFunction, title: "Function", description: "A handler packed as an image and published" },
  project: { icon: FolderGit2, title: "Project", description: "A repository built, tested and analysed" },
};

export function KindIcon({ kind, className }: { kind: PackageKind; className?: string }) {
  const { icon: Icon, title } = KINDS[kind];
  return <Icon role="img" aria-label={title} className={cn("size-4 shrink-0 text-muted", className)} />;
}
