/**
 * A still picture of a 3D model, drawn in software: rendered larger than needed, cut to what is visible, scaled down.
 * The background is transparent, so that the picture fits a light and a dark page.
 */
import { computeWorldAABB, createSceneFromGLTF, encodePNG, loadGLTFWithResourcesFromURL, renderSceneFromGLTF } from "poppygl";

/** From the model's middle to the camera: in front of the board, above it, a little to its left. Y is up. */
const DIRECTION = [-0.42, 1.05, -0.95];
const FIELD_OF_VIEW = 22;
const OVERSAMPLING = 2;
const MARGIN = 0.04;

async function loadScene(glb) {
  const bytes = new Uint8Array(glb);
  const fetchImpl = async () => ({ ok: true, status: 200, statusText: "OK", arrayBuffer: async () => bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) });
  const { gltf, resources } = await loadGLTFWithResourcesFromURL("memory:/model.glb", { fetchImpl });
  return createSceneFromGLTF(gltf, resources);
}

function placeCamera(scene) {
  const { min, max } = computeWorldAABB(scene.drawCalls);
  const middle = [0, 1, 2].map((axis) => (min[axis] + max[axis]) / 2);
  const radius = Math.hypot(...[0, 1, 2].map((axis) => (max[axis] - min[axis]) / 2));
  const distance = radius / Math.sin(((FIELD_OF_VIEW / 2) * Math.PI) / 180);
  const length = Math.hypot(...DIRECTION);
  return { lookAt: middle, camPos: middle.map((value, axis) => value + (DIRECTION[axis] / length) * distance), fov: FIELD_OF_VIEW };
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
  const { bitmap } = renderSceneFromGLTF(scene, {
    ...placeCamera(scene),
    width: width * OVERSAMPLING,
    height: height * OVERSAMPLING,
    supersampling: 1,
    ambient: 0.42,
    lightDir: [0.35, -0.85, 0.4],
    backgroundColor: null,
  });
  const content = findContent(bitmap);
  if (content === null) throw new Error("The 3D model shows nothing.");
  return await encodePNG(cutAndScale({ source: bitmap, content, width, height }));
}
