/** Which files of a release the circuit pipeline reads, and for what. */

const SOURCE = /\.(tsx|ts|jsx|js)$/;
const ASSET = /\.(kicad_mod|glb|gltf|obj|stl|step|stp|wrl)$/i;

/** Installed or generated files, hidden folders and tests are no part of what is built. */
export function isIgnored(path: string): boolean {
  return /(^|\/)(node_modules|dist|\.[^/]+)\//.test(path) || /\.(test|spec)\.(tsx|ts|jsx|js)$/.test(path);
}

/** TypeScript and JavaScript files, declarations included. */
export function isSourceFile(path: string): boolean {
  return SOURCE.test(path) && !isIgnored(path);
}

export function isJsonFile(path: string): boolean {
  return path.endsWith(".json") && !isIgnored(path);
}

/** Footprints and 3D models, which code can import. */
export function isAssetFile(path: string): boolean {
  return ASSET.test(path) && !isIgnored(path);
}

/** `lib/blink.tsx` → `lib/blink.js`, the ES module it becomes. */
export function moduleOf(path: string): string {
  return path.replace(SOURCE, ".js");
}
