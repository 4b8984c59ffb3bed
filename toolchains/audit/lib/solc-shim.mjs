/** What forge takes for the compiler: `--version`, and standard JSON from stdin to stdout. */
import { connect } from "node:net";

const [, , version, socketPath, ...words] = process.argv;
if (words.includes("--version")) {
  process.stdout.write(`solc, the solidity compiler commandline interface\nVersion: ${version.replace(/\.Emscripten\.clang$/, "")}.Linux.g++\n`);
} else {
  const socket = connect(socketPath);
  process.stdin.pipe(socket);
  socket.pipe(process.stdout);
}
