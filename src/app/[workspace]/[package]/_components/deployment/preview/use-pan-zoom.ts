"use client";

import { useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent, type RefObject } from "react";
import { fitView, panView, zoomView, type Point, type Size, type View } from "./pan-zoom";

const STEP = 1.3;
const KEY_PAN = 60;
const PANS: Record<string, Point> = { ArrowLeft: { x: KEY_PAN, y: 0 }, ArrowRight: { x: -KEY_PAN, y: 0 }, ArrowUp: { x: 0, y: KEY_PAN }, ArrowDown: { x: 0, y: -KEY_PAN } };

export interface PanZoom {
  view: View;
  /** Of the scale at which all is seen. */
  zoom: number;
  dragging: boolean;
  zoomBy(factor: number): void;
  fit(): void;
  /** For the frame. */
  handlers: {
    onPointerDown(event: PointerEvent): void;
    onPointerMove(event: PointerEvent): void;
    onPointerUp(event: PointerEvent): void;
    onPointerCancel(event: PointerEvent): void;
    onDoubleClick(): void;
    onKeyDown(event: KeyboardEvent): void;
  };
}

/** Wheel (once the frame has focus, or with Ctrl), drag, pinch and keys move and scale a picture in its frame. */
export function usePanZoom({ frameRef, picture }: { frameRef: RefObject<HTMLElement | null>; picture: Size | null }): PanZoom {
  const [frame, setFrame] = useState<Size>({ width: 0, height: 0 });
  const [view, setView] = useState<View | null>(null);
  const [dragging, setDragging] = useState(false);
  const pointers = useRef(new Map<number, Point>());
  const { width, height } = picture ?? { width: 0, height: 0 };
  const size = useMemo<Size>(() => ({ width, height }), [width, height]);
  const fitted = fitView({ frame, picture: size });

  useEffect(() => {
    const element = frameRef.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setFrame({ width: element.clientWidth, height: element.clientHeight }));
    observer.observe(element);
    return () => observer.disconnect();
  }, [frameRef]);

  const change = useCallback((next: (view: View) => View) => setView((before) => next(before ?? fitView({ frame, picture: size }))), [frame, size]);
  const zoomAt = useCallback((factor: number, at: Point) => change((before) => zoomView({ view: before, factor, at, frame, picture: size })), [change, frame, size]);
  const middle = { x: frame.width / 2, y: frame.height / 2 };

  useEffect(() => {
    const element = frameRef.current;
    if (!element) return;
    // React's own wheel listeners are passive. Until the picture is clicked, a plain wheel scrolls the page on.
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey && document.activeElement !== element) return;
      event.preventDefault();
      const box = element.getBoundingClientRect();
      zoomAt(Math.exp(-event.deltaY * (event.deltaMode === 1 ? 0.05 : 0.004)), { x: event.clientX - box.left, y: event.clientY - box.top });
    };
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => element.removeEventListener("wheel", onWheel);
  }, [frameRef, zoomAt]);

  function placeOf(event: PointerEvent): Point {
    const box = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }
  function end(event: PointerEvent) {
    pointers.current.delete(event.pointerId);
    setDragging(pointers.current.size > 0);
  }

  return {
    view: view ?? fitted,
    zoom: (view ?? fitted).scale / fitted.scale,
    dragging,
    zoomBy: (factor) => zoomAt(factor, middle),
    fit: () => setView(null),
    handlers: {
      onPointerDown(event) {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        pointers.current.set(event.pointerId, placeOf(event));
        setDragging(true);
      },
      onPointerMove(event) {
        const before = pointers.current.get(event.pointerId);
        if (before === undefined) return;
        const now = placeOf(event);
        const other = [...pointers.current].find(([id]) => id !== event.pointerId)?.[1];
        pointers.current.set(event.pointerId, now);
        if (other === undefined) change((current) => panView({ view: current, by: { x: now.x - before.x, y: now.y - before.y }, frame, picture: size }));
        else zoomAt(distance(now, other) / Math.max(1, distance(before, other)), { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 });
      },
      onPointerUp: end,
      onPointerCancel: end,
      onDoubleClick: () => setView(null),
      onKeyDown(event) {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        const by = PANS[event.key];
        if (by !== undefined) change((current) => panView({ view: current, by, frame, picture: size }));
        else if (event.key === "+" || event.key === "=") zoomAt(STEP, middle);
        else if (event.key === "-") zoomAt(1 / STEP, middle);
        else if (event.key === "0") setView(null);
        else return;
        event.preventDefault();
      },
    },
  };
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
