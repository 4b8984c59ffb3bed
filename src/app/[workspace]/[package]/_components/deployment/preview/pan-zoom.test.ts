import { describe, expect, it } from "vitest";
import { fitView, panView, zoomView } from "./pan-zoom";

const frame = { width: 800, height: 400 };
const picture = { width: 1000, height: 1000 };

describe("fitView", () => {
  it("shows all of the picture in the middle", () => {
    expect(fitView({ frame, picture })).toEqual({ scale: 0.352, x: 224, y: 24 });
  });
  it("enlarges a small picture", () => {
    expect(fitView({ frame, picture: { width: 10, height: 10 } }).scale).toBe(35.2);
  });
  it("survives a picture without a size", () => {
    expect(fitView({ frame, picture: { width: 0, height: 0 } })).toEqual({ x: 0, y: 0, scale: 1 });
  });
});

describe("zoomView", () => {
  it("keeps the point under the pointer where it is", () => {
    const view = fitView({ frame, picture });
    const at = { x: 300, y: 100 };
    const next = zoomView({ view, factor: 2, at, frame, picture });
    expect((at.x - next.x) / next.scale).toBeCloseTo((at.x - view.x) / view.scale);
    expect((at.y - next.y) / next.scale).toBeCloseTo((at.y - view.y) / view.scale);
    expect(next.scale).toBeCloseTo(view.scale * 2);
  });
  it("stops at both ends", () => {
    const view = fitView({ frame, picture });
    expect(zoomView({ view, factor: 1e6, at: { x: 0, y: 0 }, frame, picture }).scale).toBeCloseTo(view.scale * 40);
    expect(zoomView({ view, factor: 1e-6, at: { x: 0, y: 0 }, frame, picture }).scale).toBeCloseTo(view.scale * 0.5);
  });
});

describe("panView", () => {
  it("never loses the picture", () => {
    const view = fitView({ frame, picture });
    for (const by of [{ x: 1e6, y: 1e6 }, { x: -1e6, y: -1e6 }]) {
      const next = panView({ view, by, frame, picture });
      const size = picture.width * next.scale;
      expect(next.x).toBeLessThan(frame.width);
      expect(next.x + size).toBeGreaterThan(0);
      expect(next.y).toBeLessThan(frame.height);
      expect(next.y + size).toBeGreaterThan(0);
    }
  });
});
