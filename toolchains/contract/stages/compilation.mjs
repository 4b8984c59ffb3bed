/** Stage `compilation`: Solidity sources → ABI, bytecode, metadata, storage layout, sizes and gas estimates. */
import { createHash } from "node:crypto";
import path from "node:path";
import { readJob, shorten, writeOutput } from "../../runner/job-files.mjs";
import { chooseCompiler, compilers, evmVersionOf, loadCompiler } from "../lib/compilers.mjs";
import { describeContract, sortKeys } from "../lib/describe-contract.mjs";
import { gatherSources } from "../lib/gather-sources.mjs";
import { readSources } from "../lib/read-sources.mjs";
import { placeOf } from "../lib/scan-solidity.mjs";

const MAX_DIAGNOSTICS = 500;
const OPTIMIZER = { enabled: true, runs: 200 };
const PROXY = { file: "@openzeppelin/contracts/proxy/ERC1967/ERC1967Proxy.sol", name: "ERC1967Proxy" };
/** Code of a library begins by comparing its own address (filled in as it is deployed) with where it runs: others call it, nobody uses it by itself. */
const LIBRARY_CODE = /^73(?:00){20}3014/;
const CONTRACT_OUTPUT = ["abi", "metadata", "storageLayout", "evm.bytecode.object", "evm.bytecode.linkReferences", "evm.deployedBytecode.object", "evm.deployedBytecode.immutableReferences", "evm.gasEstimates"];

function standardInput({ sources, remappings, files, version, output = CONTRACT_OUTPUT }) {
  return {
    language: "Solidity",
    sources: Object.fromEntries([...sources].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, content]) => [name, { content }])),
    settings: {
      optimizer: OPTIMIZER,
      ...(remappings.length === 0 ? {} : { remappings }),
      evmVersion: evmVersionOf(version),
      outputSelection: Object.fromEntries(files.map((file) => [file, { "*": output }])),
    },
  };
}

function compile({ compiler, input }) {
  // No import callback: what is not among the sources does not exist.
  return JSON.parse(loadCompiler(compiler.name).compile(JSON.stringify(input)));
}

/** As `compile`. The compiler walks the sources by calling itself, and what nests by the thousands is too deep for it. */
function compileOwn({ compiler, input, own }) {
  try {
    return compile({ compiler, input });
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof WebAssembly.RuntimeError)) throw error;
    const message = "The compiler gave up on these sources: something in them nests too deeply, such as brackets in brackets. Split the expression or the blocks.";
    return { errors: [{ severity: "error", type: "Exception", message, sourceLocation: findDeepest(own) }] };
  }
}

/** The bracket that most others are around; which of them stand in strings or comments does not matter for a hint. */
function findDeepest(own) {
  let deepest = { file: [...own.keys()][0], index: 0, depth: 0 };
  for (const [file, text] of own) {
    let depth = 0;
    for (let index = 0; index < text.length; index += 1) {
      if ("([{".includes(text[index])) depth += 1;
      else if (")]}".includes(text[index])) depth -= 1;
      if (depth > deepest.depth) deepest = { file, index, depth };
    }
  }
  const start = Buffer.byteLength(own.get(deepest.file).slice(0, deepest.index));
  return { file: deepest.file, start, end: start + 1 };
}

/** Loads the newest compiler and compiles once with trusted code, so that its code is translated ahead of the job. */
export function warmUp() {
  const file = "contracts/Warm.sol";
  const text = 'pragma solidity ^0.8.27;\nimport {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";\ncontract Warm is ERC20 {\n    constructor() ERC20("Warm", "WRM") {\n        _mint(msg.sender, 1);\n    }\n}\n';
  const own = new Map([[file, text]]);
  const { sources, remappings } = gatherSources({ own });
  compile({ compiler: compilers[0], input: standardInput({ sources, remappings, files: [file], version: compilers[0].version }) });
}

/** Byte offsets of the compiler → the place in the text. */
function placeOfBytes({ text, start, end }) {
  if (text === undefined || start < 0) return { line: null, column: null, length: 1 };
  const bytes = Buffer.from(text);
  const index = bytes.subarray(0, start).toString("utf8").length;
  const length = bytes.subarray(start, Math.max(start, end)).toString("utf8").length;
  return { ...placeOf(text, index), length: Math.max(1, Math.min(length, 200)) };
}

const ERROR_CODES = { ParserError: "syntax_error", SyntaxError: "syntax_error", DeclarationError: "declaration_error", TypeError: "type_error", DocstringParsingError: "syntax_error" };

/** What the compiler advises here are options that nobody can set. */
function inOurWords(message) {
  if (!message.includes("Stack too deep")) return message;
  return "Stack too deep: more variables are in use here at once than the EVM reaches. Put some of them into a struct or into blocks of their own, or split the function.";
}

function toDiagnostic({ error, sources }) {
  const { file, start = -1, end = -1 } = error.sourceLocation ?? {};
  return {
    severity: error.severity === "error" ? "error" : "warning",
    code: error.severity === "error" ? (ERROR_CODES[error.type] ?? "compiler_error") : `solc_${error.errorCode ?? "warning"}`,
    message: shorten(inOurWords(error.message), 1000),
    file: file ?? null,
    ...placeOfBytes({ text: sources.get(file), start, end }),
  };
}

const empty = (diagnostics) => ({ compiler: null, evm_version: null, contracts: [], outputs: [], diagnostics: diagnostics.slice(0, MAX_DIAGNOSTICS) });

function versionOf(compiler) {
  // 0.8.37+commit.….Emscripten.clang: the platform's part is the same for every build.
  return loadCompiler(compiler.name).version().replace(/\.Emscripten\.clang$/, "");
}

function compileProxy() {
  const [compiler] = compilers;
  const own = new Map([["contracts/Proxy.sol", `pragma solidity ^0.8.22;\nimport {${PROXY.name}} from "${PROXY.file}";\n`]]);
  const { sources, remappings } = gatherSources({ own });
  const output = compile({ compiler, input: standardInput({ sources, remappings, files: [PROXY.file], version: compiler.version, output: ["evm.bytecode.object", "evm.deployedBytecode.object", "evm.deployedBytecode.immutableReferences"] }) });
  const { bytecode, deployedBytecode } = output.contracts[PROXY.file][PROXY.name].evm;
  return { bytecode: `0x${bytecode.object}`, deployed_bytecode: `0x${deployedBytecode.object}`, immutable_references: deployedBytecode.immutableReferences ?? {} };
}

/** Deployed behind a proxy: it can be upgraded by itself, and is set up by a call. */
function isUpgradeable(abi) {
  const functions = new Set(abi.filter((entry) => entry.type === "function").map((entry) => entry.name));
  return functions.has("upgradeToAndCall") && functions.has("proxiableUUID") && functions.has("initialize");
}

/** Job: `{}`; sources below `files/`, by the paths that imports use. */
export function run({ inputDir, outputDir }) {
  readJob({ inputDir });
  const own = readSources({ directory: path.join(inputDir, "files") });
  const { sources, remappings, pragmas, problems } = gatherSources({ own });
  if (problems.length > 0) return empty(problems);
  const { compiler, problem } = chooseCompiler({ pragmas, own });
  if (problem !== undefined) return empty([problem]);
  const files = [...own.keys()].sort();
  const input = standardInput({ sources, remappings, files, version: compiler.version });
  const output = compileOwn({ compiler, input, own });
  const diagnostics = (output.errors ?? []).filter((error) => error.severity !== "info").map((error) => toDiagnostic({ error, sources }));
  // A warning inside a package that was imported is not the maker's to mend.
  const kept = diagnostics.filter((one) => one.severity === "error" || one.file === null || own.has(one.file));
  if (kept.some((one) => one.severity === "error")) return empty([...kept.filter((one) => one.severity === "error"), ...kept.filter((one) => one.severity !== "error")]);
  return { ...writeContracts({ output, files, outputDir, input, compiler }), diagnostics: kept.slice(0, MAX_DIAGNOSTICS) };
}

function writeContracts({ output, files, outputDir, input, compiler }) {
  const outputs = [];
  const contracts = [];
  const put = (name, value) => outputs.push(writeOutput({ outputDir, name, content: `${JSON.stringify(value, null, 2)}\n`, mediaType: "application/json" }));
  const version = versionOf(compiler);
  const found = files.flatMap((file) => Object.entries(sortKeys(output.contracts?.[file] ?? {})).map(([name, one]) => ({ file, name, one })));
  const keyOf = chooseKeys(found);
  for (const { file, name, one } of found) {
    const described = describeContract({ name, file, output: one });
    const { bytecode, deployedBytecode } = one.evm;
    const isLinked = Object.keys(bytecode.linkReferences ?? {}).length === 0;
    const isAlone = described.deployable && isLinked && !LIBRARY_CODE.test(deployedBytecode.object);
    const key = keyOf({ file, name });
    const upgradeable = described.deployable && isUpgradeable(one.abi);
    contracts.push({ ...described, deployable: isAlone, needs_linking: !isLinked, upgradeable, key });
    put(`abi/${key}.json`, one.abi);
    put(`storage/${key}.json`, one.storageLayout ?? { storage: [], types: null });
    outputs.push(writeOutput({ outputDir, name: `metadata/${key}.json`, content: one.metadata === "" ? "{}" : one.metadata, mediaType: "application/json" }));
    if (!isAlone) continue;
    put(`bytecode/${key}.json`, {
      contract: name,
      file,
      abi: one.abi,
      bytecode: `0x${bytecode.object}`,
      deployed_bytecode: `0x${deployedBytecode.object}`,
      immutable_references: deployedBytecode.immutableReferences ?? {},
      constructor_args: [],
      compiler: version,
      evm_version: input.settings.evmVersion,
      metadata_hash: createHash("sha256").update(one.metadata).digest("hex"),
      upgradeable: upgradeable ? proxied(compileProxy()) : null,
    });
  }
  put("standard-input.json", input);
  return { compiler: version, evm_version: input.settings.evmVersion, contracts, outputs };
}

/** Artifacts' names are unique, and two files, also of one name in two folders, may each have a contract of one name. */
function chooseKeys(found) {
  const candidates = ({ file, name }) => [name, `${path.posix.basename(file, ".sol")}.${name}`, `${file.replace(/\.sol$/, "").replaceAll("/", ".")}.${name}`, `${createHash("sha256").update(file).digest("hex").slice(0, 12)}.${name}`];
  const users = new Map();
  // Paths may be long, and names of artifacts may not.
  const fits = (key) => key.length <= 200;
  for (const one of found) for (const key of new Set(candidates(one))) users.set(key, (users.get(key) ?? 0) + 1);
  return (one) => candidates(one).find((key) => users.get(key) === 1 && fits(key)) ?? candidates(one).at(-1);
}

function proxied({ bytecode, deployed_bytecode, immutable_references }) {
  return {
    proxy: PROXY.name,
    proxy_bytecode: bytecode,
    proxy_deployed_bytecode: deployed_bytecode,
    proxy_immutable_references: immutable_references,
    initializer: { name: "initialize", args: [] },
  };
}
