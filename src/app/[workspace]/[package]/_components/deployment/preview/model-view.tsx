"use client";

import { Box } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { cn } from "~/components/ui/class-names";
import type { ArtifactView } from "~/server/api/schemas/builds";
import { loadModelViewer } from "./load-model-viewer";
import { PREVIEW_HEIGHT, PreviewNote } from "./preview-frame";

/** The board in three dimensions; until the model is there, and where the browser can't draw it, its still picture. */
export function ModelView({ model, picture, alt }: { model: ArtifactView | null; picture: ArtifactView | null; alt: string }) {
  const host = useRef<HTMLDivElement>(null);
  const [state, setState] = useState<"loading" | "ready" | "failed">(model === null ? "failed" : "loading");

  useEffect(() => {
    const element = host.current;
    if (!element || model === null) return;
    let current = true;
    void loadModelViewer().then(
      () => {
        if (!current) return;
        const viewer = document.createElement("model-viewer");
        const attributes = { src: model.url, alt, "camera-controls": "", "touch-action": "pan-y", "shadow-intensity": "0.6", exposure: "1.05", "interaction-prompt": "none", "tone-mapping": "neutral", "camera-orbit": "-25deg 52deg 105%", "min-camera-orbit": "auto 0deg auto", "max-camera-orbit": "auto 180deg auto" };
        for (const [name, value] of Object.entries(attributes)) viewer.setAttribute(name, value);
        viewer.className = "absolute inset-0 size-full [--poster-color:transparent]";
        // In place of its own progress bar: the page says what it waits for.
        const bar = document.createElement("span");
        bar.slot = "progress-bar";
        viewer.append(bar);
        viewer.addEventListener("load", () => setState("ready"));
        viewer.addEventListener("error", () => setState("failed"));
        element.replaceChildren(viewer);
      },
      () => current && setState("failed"),
    );
    return () => {
      current = false;
      element.replaceChildren();
    };
  }, [model, alt]);

  if (model === null && picture === null) {
    return <PreviewNote icon={Box} title="No 3D model">This build made no 3D model of the board.</PreviewNote>;
  }
  return (
    <div className={cn("relative overflow-hidden bg-white", PREVIEW_HEIGHT)}>
      {picture !== null && state !== "ready" ? (
        <img src={picture.url} alt={alt} className="absolute inset-0 size-full object-contain" />
      ) : null}
      <div ref={host} className={cn("absolute inset-0", state !== "ready" && "opacity-0", state === "failed" && "hidden")} />
      <p role="status" className="pointer-events-none absolute bottom-3 left-3 rounded-full border bg-surface-raised px-2.5 py-0.5 text-xs text-muted">
        {state === "loading" ? "Loading the model…" : state === "ready" ? "Drag to turn, scroll to come closer" : "Still picture: this browser could not show the model"}
      </p>
    </div>
  );
}
