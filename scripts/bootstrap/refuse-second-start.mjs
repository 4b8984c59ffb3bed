/** Building under a running server would take its files away: the supervisor's own check comes too late for that. */
import { readFileSync } from "node:fs";
import path from "node:path";
import util from "node:util";
import { BootstrapError, root } from "./shell.mjs";

/** Throws when a living Slipway owns the data folder; returns nothing. */
export function refuseSecondStart({ folder = root, environment = process.env } = {}) {
  const lock = path.join(path.resolve(folder, environment.SLIPWAY_DATA_DIR || readSetting(folder) || ".slipway"), "supervisor.lock");
  const owner = readOwner(lock);
  if (owner === undefined) return;
  const stat = read(`/proc/${owner.pid}/stat`) ?? "";
  if (stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] !== owner.startTime) return;
  throw new BootstrapError(`Slipway runs already on this data folder (pid ${owner.pid}). Stop it first, or set SLIPWAY_DATA_DIR and PORT to start another.`);
}

/** The data folder that `.env` names. The first Nodes 20 can't read such a file: there only the supervisor's check is left. */
function readSetting(folder) {
  const text = read(path.join(folder, ".env"));
  return text === undefined ? undefined : util.parseEnv?.(text).SLIPWAY_DATA_DIR;
}

/** Undefined also for a damaged file: the supervisor takes over such a one. */
function readOwner(lock) {
  try {
    return JSON.parse(read(lock) ?? "") ?? undefined;
  } catch {
    return undefined;
  }
}

function read(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
