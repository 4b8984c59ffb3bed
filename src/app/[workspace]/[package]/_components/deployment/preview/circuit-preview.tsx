"use client";

import { CircuitBoard } from "lucide-react";
import { useState } from "react";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "~/components/ui/tabs";
import type { BuildDetail } from "~/server/api/schemas/builds";
import { groupBoards, type BoardArtifacts } from "./board-artifacts";
import { BomTable } from "./bom-table";
import { FilesView } from "./files-view";
import { MissingNote } from "./missing-note";
import { ModelView } from "./model-view";
import { PictureView } from "./picture-view";

const PICTURES = [
  { tab: "pcb", title: "PCB", paper: "dark" },
  { tab: "schematic", title: "Schematic", paper: "light" },
  { tab: "assembly", title: "Assembly", paper: "light" },
] as const;

/** What a circuit build made, board by board. */
export function CircuitPreview({ build }: { build: BuildDetail }) {
  const boards = groupBoards({ artifacts: build.artifacts });
  const [chosen, setChosen] = useState<string | null>(null);
  const board = boards.find((each) => each.name === chosen) ?? boards[0] ?? null;
  return (
    <Tabs defaultValue="pcb" className="min-w-0 overflow-hidden rounded-lg border bg-surface">
      <div className="flex flex-wrap items-center justify-between gap-x-3 border-b pr-3">
        <TabsList aria-label="Preview" className="gap-2 border-b-0 px-3">
          {PICTURES.map(({ tab, title }) => <TabsTrigger key={tab} value={tab} className="px-1">{title}</TabsTrigger>)}
          <TabsTrigger value="3d" className="px-1">3D</TabsTrigger>
          <TabsTrigger value="bom" className="px-1">BOM</TabsTrigger>
          <TabsTrigger value="files" className="px-1">Files</TabsTrigger>
        </TabsList>
        {boards.length > 1 ? (
          <label className="flex items-center gap-2 py-1 text-xs text-muted max-sm:px-4">
            Board
            <select value={board?.name} onChange={(event) => setChosen(event.target.value)} className="h-7 max-w-44 rounded-md border border-border-strong/70 bg-surface px-1.5 text-sm text-foreground">
              {boards.map((each) => <option key={each.name} value={each.name}>{each.name}</option>)}
            </select>
          </label>
        ) : null}
      </div>
      {PICTURES.map(({ tab, title, paper }) => {
        const artifact = board?.[tab] ?? null;
        return (
          <TabsContent key={tab} value={tab}>
            {artifact === null ? <Missing build={build} stage="image_generation" what={`${title} picture`} /> : <PictureView key={artifact.sha256} artifact={artifact} paper={paper} alt={`${title} of ${board?.name ?? ""}`} />}
          </TabsContent>
        );
      })}
      <TabsContent value="3d"><Model build={build} board={board} /></TabsContent>
      <TabsContent value="bom">{board?.bom ? <BomTable key={board.bom.sha256} artifact={board.bom} /> : <Missing build={build} stage="fabrication_files" what="bill of materials" />}</TabsContent>
      <TabsContent value="files"><FilesView build={build} /></TabsContent>
    </Tabs>
  );
}

function Model({ build, board }: { build: BuildDetail; board: BoardArtifacts | null }) {
  if (board === null || (board.model === null && board.modelPicture === null)) return <Missing build={build} stage="image_generation" what="3D model" />;
  return <ModelView key={board.model?.sha256 ?? board.name} model={board.model} picture={board.modelPicture} alt={`3D model of ${board.name}`} />;
}

function Missing(props: { build: BuildDetail; stage: string; what: string }) {
  return <MissingNote {...props} icon={CircuitBoard}>This build made none for this board.</MissingNote>;
}
