/** Where a picture lies in its frame: shifted by `x`, `y` px and scaled around its own top left corner. */
export interface View {
  x: number;
  y: number;
  scale: number;
}

export interface Size {
  width: number;
  height: number;
}

export interface Point {
  x: number;
  y: number;
}

/** Of the scale at which it fits. */
const SMALLEST = 0.5;
const LARGEST = 40;
const PADDING = 24;
/** Px of the picture that always stay in sight. */
const KEPT = 48;

/** The whole picture in the middle of the frame. */
export function fitView({ frame, picture }: { frame: Size; picture: Size }): View {
  if (picture.width <= 0 || picture.height <= 0 || frame.width <= 0 || frame.height <= 0) return { x: 0, y: 0, scale: 1 };
  const padding = Math.min(PADDING, frame.width / 8, frame.height / 8);
  const scale = Math.min((frame.width - 2 * padding) / picture.width, (frame.height - 2 * padding) / picture.height);
  return { x: (frame.width - picture.width * scale) / 2, y: (frame.height - picture.height * scale) / 2, scale };
}

/** Scales by `factor` so that what lies under `at` stays under it. */
export function zoomView({ view, factor, at, frame, picture }: { view: View; factor: number; at: Point; frame: Size; picture: Size }): View {
  const fit = fitView({ frame, picture }).scale;
  const scale = Math.min(fit * LARGEST, Math.max(fit * SMALLEST, view.scale * factor));
  const ratio = scale / view.scale;
  return keepInSight({ view: { scale, x: at.x - (at.x - view.x) * ratio, y: at.y - (at.y - view.y) * ratio }, frame, picture });
}

export function panView({ view, by, frame, picture }: { view: View; by: Point; frame: Size; picture: Size }): View {
  return keepInSight({ view: { ...view, x: view.x + by.x, y: view.y + by.y }, frame, picture });
}

function keepInSight({ view, frame, picture }: { view: View; frame: Size; picture: Size }): View {
  const width = picture.width * view.scale;
  const height = picture.height * view.scale;
  return {
    scale: view.scale,
    x: Math.min(frame.width - Math.min(KEPT, width), Math.max(Math.min(KEPT, width) - width, view.x)),
    y: Math.min(frame.height - Math.min(KEPT, height), Math.max(Math.min(KEPT, height) - height, view.y)),
  };
}
