/**
 * The files of a commit, straight from git's objects: nothing is checked out, so no filter, link, attribute or file
 * system rule of the repository takes effect on this machine. Large-file pointers stay pointers; submodules are left out.
 */
import type { SourceEntry } from "../archive/entry";
import { UnreadableArchive } from "../archive/entry";
import { runGit, startGit, type GitPlace } from "./run-git";

/** Names of far more files than a release may have. */
const MAX_LIST_BYTES = 8 * 1024 * 1024;
const SUBMODULE = "160000";
const SYMBOLIC_LINK = "120000";

export async function* readCommitEntries(options: { place: GitPlace; commit: string }): AsyncGenerator<SourceEntry> {
  const { place, commit } = options;
  const listed = await runGit({ ...place, args: ["ls-tree", "-r", "-z", "--full-tree", commit], maxStdout: MAX_LIST_BYTES });
  if (listed.isCut) throw new UnreadableArchive("has a commit with far more files than a release may have. Point to a smaller repository.");
  if (listed.code !== 0) throw unreadable();
  const objects = startGit({ ...place, args: ["cat-file", "--batch"] });
  objects.stderr.resume();
  const reader = createReader(objects.stdout);
  try {
    for (const row of listed.stdout.toString("utf8").split("\0")) {
      const found = /^(\d{6}) \w+ ([0-9a-f]+)\t(.+)$/s.exec(row);
      if (found === null) continue;
      const [, mode = "", id = "", name = ""] = found;
      if (mode === SUBMODULE) continue;
      yield {
        name,
        kind: mode === SYMBOLIC_LINK ? "special" : "file",
        what: "a symbolic link",
        content: () => {
          objects.stdin.write(`${id}\n`);
          return reader.readObject();
        },
      };
    }
  } finally {
    objects.stdin.end();
    objects.kill("SIGKILL");
  }
}

/** Reads `<id> blob <size>`, a line feed, the bytes and another line feed, one object at a time. */
function createReader(stream: AsyncIterable<Buffer>): { readObject(): AsyncGenerator<Uint8Array> } {
  const source = stream[Symbol.asyncIterator]();
  let held: Buffer = Buffer.alloc(0);
  const more = async (): Promise<void> => {
    const next = await source.next();
    if (next.done === true) throw unreadable();
    held = held.byteLength === 0 ? next.value : Buffer.concat([held, next.value]);
  };
  return {
    async *readObject() {
      while (!held.includes(10)) await more();
      const end = held.indexOf(10);
      const size = /^[0-9a-f]+ blob (\d+)$/.exec(held.toString("latin1", 0, end))?.[1];
      if (size === undefined) throw unreadable();
      held = held.subarray(end + 1);
      for (let left = Number(size); left > 0; ) {
        if (held.byteLength === 0) await more();
        const chunk = held.subarray(0, left);
        left -= chunk.byteLength;
        held = held.subarray(chunk.byteLength);
        yield chunk;
      }
      while (held.byteLength === 0) await more();
      held = held.subarray(1);
    },
  };
}

function unreadable(): UnreadableArchive {
  return new UnreadableArchive("has a commit that git can't read. Check the repository with `git fsck`.");
}
