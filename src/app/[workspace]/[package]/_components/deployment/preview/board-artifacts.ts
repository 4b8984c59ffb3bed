/** A circuit build's artifacts, by board and by what they are. Names are those that the circuit pipeline writes. */
import type { ArtifactView } from "~/server/api/schemas/builds";

export interface BoardArtifacts {
  name: string;
  pcb: ArtifactView | null;
  schematic: ArtifactView | null;
  assembly: ArtifactView | null;
  model: ArtifactView | null;
  modelPicture: ArtifactView | null;
  bom: ArtifactView | null;
}

const BOARD_FILE = /^boards\/([^/]+)\/(.+)$/;

/** Boards in the order in which a reader expects them: `index` first, then by name. */
export function groupBoards({ artifacts }: { artifacts: readonly ArtifactView[] }): BoardArtifacts[] {
  const boards = new Map<string, Map<string, ArtifactView>>();
  for (const artifact of artifacts) {
    const match = BOARD_FILE.exec(artifact.name);
    if (!match) continue;
    const [, board = "", file = ""] = match;
    const files = boards.get(board) ?? new Map<string, ArtifactView>();
    boards.set(board, files.set(file, artifact));
  }
  return [...boards]
    .sort(([a], [b]) => (a === "index" ? -1 : b === "index" ? 1 : a.localeCompare(b, "en", { numeric: true })))
    .map(([name, files]) => ({
      name,
      pcb: pick(files, "pcb"),
      schematic: pick(files, "schematic"),
      assembly: pick(files, "assembly"),
      model: files.get("3d.glb") ?? null,
      modelPicture: files.get("3d.png") ?? null,
      bom: files.get("bom.csv") ?? null,
    }));
}

/** The drawing that stays sharp, else its picture. */
function pick(files: ReadonlyMap<string, ArtifactView>, name: string): ArtifactView | null {
  return files.get(`${name}.svg`) ?? files.get(`${name}.png`) ?? null;
}

const TEXT_TYPES = /^text\/|^application\/(?:json|javascript|typescript|xml)|\+(?:json|xml)$/;

/** Can it be shown as text? */
export function isTextArtifact(artifact: Pick<ArtifactView, "media_type" | "name">): boolean {
  return TEXT_TYPES.test(artifact.media_type) || /\.(?:d\.ts|tsx?|m?js|cjs|json|sol|sarif|csv|txt|md)$/.test(artifact.name);
}
