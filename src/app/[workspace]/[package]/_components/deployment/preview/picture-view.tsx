"use client";

import { Maximize, Minus, Plus } from "lucide-react";
import { useRef, useState, type ReactNode } from "react";
import { Button } from "~/components/ui/button";
import { ErrorState } from "~/components/ui/error-state";
import { Skeleton } from "~/components/ui/skeleton";
import { cn } from "~/components/ui/class-names";
import type { ArtifactView } from "~/server/api/schemas/builds";
import { PREVIEW_HEIGHT } from "./preview-frame";
import type { Size } from "./pan-zoom";
import { usePanZoom } from "./use-pan-zoom";

/**
 * A drawing in a frame in which it can be moved and scaled. The drawing was made from someone's code: it is shown as an
 * image, in which no script runs, and never becomes part of the page.
 */
export function PictureView({ artifact, alt, paper }: { artifact: ArtifactView; alt: string; paper: "dark" | "light" }) {
  const frameRef = useRef<HTMLDivElement>(null);
  const [picture, setPicture] = useState<Size | null>(null);
  const [failed, setFailed] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const { view, zoom, dragging, zoomBy, fit, handlers } = usePanZoom({ frameRef, picture });
  if (failed) {
    return (
      <ErrorState
        className={PREVIEW_HEIGHT}
        title="The picture could not be loaded"
        message={`${artifact.name} did not arrive.`}
        safe="The file is kept; it is in the Download menu as well."
        onRetry={() => {
          setFailed(false);
          setAttempt(attempt + 1);
        }}
      />
    );
  }
  return (
    <div className={cn("relative overflow-hidden", PREVIEW_HEIGHT, paper === "dark" ? "bg-black" : "bg-white")}>
      <div
        ref={frameRef}
        role="application"
        aria-roledescription="zoomable picture"
        aria-label={`${alt}. Arrow keys move it, plus and minus scale it, zero fits it.`}
        tabIndex={0}
        className={cn("focus-inset absolute inset-0 overflow-hidden select-none", zoom > 1.01 ? "touch-none" : "touch-pan-y", dragging ? "cursor-grabbing" : "cursor-grab")}
        {...handlers}
      >
        <img
          key={attempt}
          src={artifact.url}
          alt={alt}
          draggable={false}
          // A picture that the server's HTML named may be there before React listens: then its load event is over.
          ref={(element) => {
            if (picture === null && element !== null && element.complete && element.naturalWidth > 0) setPicture(sizeOf(element));
          }}
          onLoad={(event) => setPicture(sizeOf(event.currentTarget))}
          onError={() => setFailed(true)}
          className={picture === null ? "invisible absolute top-0 left-0 max-w-none origin-top-left" : "absolute top-0 left-0 max-w-none origin-top-left"}
          style={picture === null ? undefined : { width: picture.width * view.scale, height: picture.height * view.scale, transform: `translate(${view.x}px, ${view.y}px)` }}
        />
      </div>
      {picture === null ? <Skeleton className="absolute inset-6" /> : null}
      <div className="absolute right-3 bottom-3 flex items-center gap-0.5 rounded-md border bg-surface-raised p-0.5 shadow-raised">
        <Tool label="Smaller" onClick={() => zoomBy(1 / 1.3)}><Minus aria-hidden /></Tool>
        <span role="status" aria-label="Scale" className="w-11 text-center text-xs text-muted tabular-nums">{Math.round(zoom * 100)}%</span>
        <Tool label="Larger" onClick={() => zoomBy(1.3)}><Plus aria-hidden /></Tool>
        <Tool label="Fit" onClick={fit}><Maximize aria-hidden /></Tool>
      </div>
    </div>
  );
}

/** An SVG may have no size of its own. */
function sizeOf(element: HTMLImageElement): { width: number; height: number } {
  return { width: element.naturalWidth || 1000, height: element.naturalHeight || 750 };
}

function Tool({ label, onClick, children }: { label: string; onClick: () => void; children: ReactNode }) {
  return <Button size="icon-sm" variant="ghost" aria-label={label} title={label} onClick={onClick}>{children}</Button>;
}
