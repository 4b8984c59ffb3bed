/** An exception of the package's code → what to tell about it, with the places in the emitted modules it passed through. */
import { shorten } from "../../runner/job-files.mjs";

const MEMORY = /Array buffer allocation failed|Invalid (typed )?array (buffer )?length|Cannot create a Buffer larger|out of memory/i;

function codeOf(error) {
  if (error?.code === "SLIPWAY_MODULE_NOT_FOUND" || error?.code === "ERR_MODULE_NOT_FOUND") return "module_not_found";
  if (error?.code === "ERR_MEMORY_ALLOCATION_FAILED" || (error instanceof RangeError && MEMORY.test(error.message))) return "memory_limit";
  return "runtime_error";
}

/** Frames of the stack inside the package: `{file, line, column}` of the emitted module, innermost first. */
function framesOf({ error, root }) {
  const frames = [];
  for (const match of String(error?.stack ?? "").matchAll(/(file:\/\/[^\s)]+?):(\d+):(\d+)/g)) {
    const [, url, line, column] = match;
    if (url.startsWith(root)) frames.push({ file: decodeURIComponent(url.slice(root.length)), line: Number(line), column: Number(column) });
  }
  return frames;
}

export function describeError({ error, root }) {
  const isError = error instanceof Error || (typeof error === "object" && error !== null && "message" in error);
  const code = codeOf(error);
  const name = isError && error.name && error.name !== "Error" && code === "runtime_error" ? `${error.name}: ` : "";
  const message = isError ? `${name}${error.message}` : `Thrown value: ${String(error)}`;
  return {
    code,
    message: shorten(message, 1000),
    frames: framesOf({ error, root }).slice(0, 10),
    specifier: typeof error?.specifier === "string" ? error.specifier : null,
    importer: typeof error?.importer === "string" ? error.importer : null,
  };
}
