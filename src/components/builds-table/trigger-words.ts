import { FilePen, RotateCw, SquareTerminal, Upload, type LucideIcon } from "lucide-react";
import type { BuildSummary } from "~/server/api/schemas/builds";

export const TRIGGERS: Record<BuildSummary["trigger"], { label: string; icon: LucideIcon }> = {
  push: { label: "Push", icon: Upload },
  rebuild: { label: "Rebuild", icon: RotateCw },
  api: { label: "API", icon: SquareTerminal },
  files_changed: { label: "Files changed", icon: FilePen },
};
