import type { ArtifactView } from "~/server/api/schemas/builds";

export type ShownFile =
  | { kind: "source"; key: string; path: string; size: number; sha256: string }
  | { kind: "artifact"; key: string; path: string; size: number; sha256: string; artifact: ArtifactView };

export interface FileGroup {
  title: string;
  files: ShownFile[];
}

/** Sources first, then what the build made, by the top folder of its name. */
export function listFiles({ sources, artifacts }: { sources: readonly { path: string; size: number; sha256: string }[]; artifacts: readonly ArtifactView[] }): FileGroup[] {
  const groups = new Map<string, ShownFile[]>();
  const add = (title: string, file: ShownFile) => groups.set(title, [...(groups.get(title) ?? []), file]);
  for (const source of sources) add("Sources", { kind: "source", key: `source:${source.path}`, path: source.path, size: source.size, sha256: source.sha256 });
  for (const artifact of artifacts) {
    const slash = artifact.name.indexOf("/");
    const title = slash === -1 ? "Output" : artifact.name.slice(0, slash);
    add(title, { kind: "artifact", key: `artifact:${artifact.name}`, path: artifact.name, size: artifact.size, sha256: artifact.sha256, artifact });
  }
  return [...groups].map(([title, files]) => ({ title, files: files.sort((a, b) => a.path.localeCompare(b.path, "en", { numeric: true })) }));
}
