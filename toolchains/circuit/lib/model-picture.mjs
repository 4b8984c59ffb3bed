/**
 * A still picture of a 3D model, drawn in software: a small one finds where the model lies, then a larger one of that part
 * is scaled down. Drawing costs about a second for each two million pixels, so few are spent on empty background.
 * The background is transparent, so that the picture fits a light and a dark page.
 */
import { computeWorldAABB, createSceneFromGLTF, encodePNG, loadGLTFWithResourcesFromURL, renderSceneFromGLTF } from "poppygl";

/** From the model's middle to the camera: in front of the board, above it, a little to its left. Y is up. */
const DIRECTION = [-0.42, 1.05, -0.95];
const FIELD_OF_VIEW = 22;
const OVERSAMPLING = 1.25;
const PROBE = { width: 160, height: 120 };
const MARGIN = 0.04;

async function loadScene(glb) {
  const bytes = new Uint8Array(glb);
  const fetchImpl = async () => ({ ok: true, status: 200, statusText: "OK", arrayBuffer: async () => bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) });
  const { gltf, resources } = await loadGLTFWithResourcesFromURL("memory:/model.glb", { fetchImpl });
  return createSceneFromGLTF(gltf, resources);
}

const add = (a, b, times) => a.map((value, axis) => value + b[axis] * times);
const cross = (a, b) => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
const unit = (a) => a.map((value) => value / Math.hypot(...a));

/** A camera that sees the whole model, wherever it lies in the picture. */
function placeCamera(scene) {
  const { min, max } = computeWorldAABB(scene.drawCalls);
  const middle = [0, 1, 2].map((axis) => (min[axis] + max[axis]) / 2);
  const radius = Math.hypot(...[0, 1, 2].map((axis) => (max[axis] - min[axis]) / 2));
  const distance = radius / Math.sin(((FIELD_OF_VIEW / 2) * Math.PI) / 180);
  return { lookAt: middle, camPos: add(middle, unit(DIRECTION), distance), fov: FIELD_OF_VIEW, distance };
}

function render({ scene, camera, width, height }) {
  const { lookAt, camPos, fov } = camera;
  return renderSceneFromGLTF(scene, { lookAt, camPos, fov, width, height, supersampling: 1, ambient: 0.42, lightDir: [0.35, -0.85, 0.4], backgroundColor: null }).bitmap;
}

/** The same view, moved and zoomed so that `content` of the probe fills the picture but for a margin. */
function moveCloser({ camera, content }) {
  const wanted = { width: content.right - content.left + 3, height: content.bottom - content.top + 3 };
  const zoom = Math.min(PROBE.width / wanted.width, PROBE.height / wanted.height) / (1 + 2 * MARGIN);
  const halfHeight = Math.tan(((camera.fov / 2) * Math.PI) / 180);
  const unitsPerPixel = (2 * camera.distance * halfHeight) / PROBE.height;
  const forward = unit(DIRECTION.map((value) => -value));
  const right = unit(cross(forward, [0, 1, 0]));
  const up = cross(right, forward);
  const toRight = ((content.left + content.right + 1) / 2 - PROBE.width / 2) * unitsPerPixel;
  const toTop = (PROBE.height / 2 - (content.top + content.bottom + 1) / 2) * unitsPerPixel;
  const move = (point) => add(add(point, right, toRight), up, toTop);
  return { lookAt: move(camera.lookAt), camPos: move(camera.camPos), fov: (Math.atan(halfHeight / zoom) * 360) / Math.PI };
}

/** Bounds of what is not transparent, or null for an empty picture. */
function findContent({ width, height, data }) {
  const bounds = { left: width, top: height, right: -1, bottom: -1 };
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (data[(y * width + x) * 4 + 3] === 0) continue;
      if (x < bounds.left) bounds.left = x;
      if (x > bounds.right) bounds.right = x;
      if (y < bounds.top) bounds.top = y;
      bounds.bottom = y;
    }
  }
  return bounds.right < 0 ? null : bounds;
}

/** The part of `source` around `content` in the target's shape, averaged down with alpha taken into account. */
function cutAndScale({ source, content, width, height }) {
  const wanted = { width: (content.right - content.left + 1) * (1 + 2 * MARGIN), height: (content.bottom - content.top + 1) * (1 + 2 * MARGIN) };
  const scale = Math.max(wanted.width / width, wanted.height / height);
  const left = (content.left + content.right + 1) / 2 - (width * scale) / 2;
  const top = (content.top + content.bottom + 1) / 2 - (height * scale) / 2;
  const samples = Math.max(2, Math.ceil(scale));
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      let [red, green, blue, alpha] = [0, 0, 0, 0];
      for (let step = 0; step < samples * samples; step += 1) {
        const sourceX = Math.floor(left + (x + ((step % samples) + 0.5) / samples) * scale);
        const sourceY = Math.floor(top + (y + (Math.floor(step / samples) + 0.5) / samples) * scale);
        if (sourceX < 0 || sourceY < 0 || sourceX >= source.width || sourceY >= source.height) continue;
        const at = (sourceY * source.width + sourceX) * 4;
        const weight = source.data[at + 3];
        red += source.data[at] * weight;
        green += source.data[at + 1] * weight;
        blue += source.data[at + 2] * weight;
        alpha += weight;
      }
      if (alpha === 0) continue;
      data.set([red / alpha, green / alpha, blue / alpha, alpha / (samples * samples)], (y * width + x) * 4);
    }
  }
  return { width, height, data };
}

/** @param {{glb: ArrayBuffer, width: number, height: number}} options pixels; @returns the PNG's bytes */
export async function pictureModel({ glb, width, height }) {
  const scene = await loadScene(glb);
  const camera = placeCamera(scene);
  const place = findContent(render({ scene, camera, ...PROBE }));
  if (place === null) throw new Error("The 3D model shows nothing.");
  const closer = moveCloser({ camera, content: place });
  const bitmap = render({ scene, camera: closer, width: Math.round(width * OVERSAMPLING), height: Math.round(height * OVERSAMPLING) });
  const content = findContent(bitmap) ?? { left: 0, top: 0, right: bitmap.width - 1, bottom: bitmap.height - 1 };
  return await encodePNG(cutAndScale({ source: bitmap, content, width, height }));
}
