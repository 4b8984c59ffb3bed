/**
 * A thread with the compiler loaded, for forge: it starts a program for each compilation, and loading the compiler takes longer
 * than compiling a test. The program (`solc-shim.mjs`) only passes bytes on to this socket.
 */
import { createServer } from "node:net";
import { parentPort, workerData } from "node:worker_threads";
import { compilers, loadCompiler } from "../../contract/lib/compilers.mjs";

const solc = loadCompiler(compilers[0].name);
const server = createServer({ allowHalfOpen: true }, (socket) => {
  const chunks = [];
  socket.on("data", (chunk) => chunks.push(chunk));
  socket.on("end", () => socket.end(solc.compile(Buffer.concat(chunks).toString("utf8"))));
  socket.on("error", () => undefined);
});
server.listen(workerData.socket, () => parentPort.postMessage({ version: solc.version() }));
// The first compilation of a process takes longer than the others: it is done ahead.
solc.compile(JSON.stringify({ language: "Solidity", sources: { "warm.sol": { content: "pragma solidity ^0.8.20;\ncontract Warm {\n    uint256 public value;\n    function set(uint256 next) external {\n        (bool done, ) = msg.sender.call(abi.encode(next));\n        require(done);\n        value = next;\n    }\n}\n" } }, settings: { outputSelection: { "*": { "*": ["abi", "evm.bytecode"] } } } }));
