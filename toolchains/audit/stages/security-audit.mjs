/**
 * Stage `security_audit`: sources → what each analyzer says of them. Nothing is judged here: the worker merges and ranks.
 * Every analyzer ends in one of `ran`, `missing`, `crashed`, `timed_out`; none of them takes the others down.
 */
import path from "node:path";
import { readJob, shorten } from "../../runner/job-files.mjs";
import { loadCompiler } from "../../contract/lib/compilers.mjs";
import { readSources } from "../../contract/lib/read-sources.mjs";
import { compileTrees } from "../lib/compile-tree.mjs";
import { deafen } from "../lib/deafen.mjs";
import { makePlaces } from "../lib/places.mjs";
import { CHECKS_VERSION, runChecks, withoutExcused } from "../lib/run-checks.mjs";
import { forgeVersion, startCompiler, startForge } from "../lib/run-forge.mjs";
import { bytesOf } from "../lib/tree.mjs";
import { probeSlither, runSlither, startSlither } from "../lib/run-slither.mjs";
import { probeSolhint, runSolhint, startSolhint } from "../lib/run-solhint.mjs";

/** Of one analyzer: a source that is full of trifles must not crowd out what is grave. */
const MAX_FINDINGS = 400;
const WARM = "pragma solidity ^0.8.27;\nimport {ERC20Permit, ERC20} from \"@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol\";\ncontract Warm is ERC20Permit {\n    constructor() ERC20(\"Warm\", \"WRM\") ERC20Permit(\"Warm\") {}\n}\n";

const ahead = { slither: null, solhint: null, compiler: null };

/** The analyzers are started and wait for their job, and the compiler's code is translated. */
export function warmUp() {
  startAhead();
  compileTrees({ own: new Map([["contracts/Warm.sol", WARM]]) });
}

function startAhead() {
  if (ahead.slither === null && probeSlither() !== null) ahead.slither = startSlither();
  if (ahead.solhint === null && probeSolhint() !== null) ahead.solhint = startSolhint();
  if (ahead.compiler === null && forgeVersion() !== null) ahead.compiler = startCompiler();
}

/**
 * Runs one analyzer to its end, whatever that is.
 *
 * @param {() => Promise<{findings?: object[], crash?: string, version?: string}> | object} options.work
 * @param {() => void} options.kill ends it when it takes longer than `timeoutMs`
 */
async function runAnalyzer({ name, version, timeoutMs, since = Date.now(), work, kill = () => undefined }) {
  if (version === null) return { name, version: null, status: "missing", detail: `${name} is not installed on this machine.`, ms: 0, raw: [] };
  let timer;
  const late = new Promise((resolve) => {
    timer = setTimeout(() => resolve({ isLate: true }), timeoutMs);
  });
  const answer = await Promise.race([Promise.resolve().then(work).catch((error) => ({ crash: String(error?.stack ?? error) })), late]);
  clearTimeout(timer);
  const end = { name, version, ms: Date.now() - since, raw: answer.findings ?? [] };
  if (answer.isLate === true) {
    kill();
    return { ...end, status: "timed_out", detail: `It had not ended after ${timeoutMs} ms.` };
  }
  const crash = answer.crash ?? findNonsense(end.raw);
  if (crash !== undefined) return { ...end, raw: [], status: "crashed", detail: shorten(plain(crash), 800) };
  return { ...end, status: "ran", detail: shorten(plain(answer.detail ?? ""), 800) };
}

/** What an analyzer says is text, without what would steer a terminal or turn lines around; a NUL no database takes. */
const plain = (text) => String(text).replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, (one) => (/[\t\n\r]/.test(one) ? " " : ""));

const isNatural = (value, least) => Number.isSafeInteger(value) && value >= least;

/** An analyzer whose findings are none has not run to its end. Undefined: they are all right. */
function findNonsense(findings) {
  const wrong = findings.find(({ check, message, file, bytes, line, column, target }) => typeof check !== "string" || typeof message !== "string" || (target === undefined && (typeof file !== "string" || !(bytes === undefined ? isNatural(line, 1) && isNatural(column, 1) : isNatural(bytes.start, 0) && isNatural(bytes.length, 0)))));
  return wrong === undefined ? undefined : "One of its findings has no text, or no place in a file: an answer of another shape.";
}

const solcFindings = ({ warnings, compiler }) => ({
  findings: warnings.map((one) => ({ check: String(one.errorCode ?? "warning"), message: one.message, file: one.sourceLocation?.file ?? "", bytes: { start: Math.max(0, one.sourceLocation?.start ?? 0), length: Math.max(1, (one.sourceLocation?.end ?? 1) - (one.sourceLocation?.start ?? 0)) } })),
  detail: loadCompiler(compiler).version(),
});

async function askSlither({ compiled, own, detectors }) {
  const answer = await runSlither({ process: ahead.slither, ...compiled, detectors });
  return answer.findings === undefined ? answer : { findings: withoutExcused({ findings: answer.findings, trees: compiled.trees, own }) };
}

/** Job: `{analyzers: string[], timeout_ms, detectors: string[], worst_first: string[], property_tests: object | null}`; sources below `files/`. */
export async function run({ inputDir }) {
  const job = readJob({ inputDir });
  const texts = new Map([...readSources({ directory: path.join(inputDir, "files") })].map(([file, text]) => [file, deafen(text)]));
  const own = new Map([...texts].map(([file, text]) => [file, Buffer.from(text)]));
  startAhead();
  const timeoutMs = job.timeout_ms;
  const forge = forgeVersion();
  const properties = job.property_tests === null || forge === null ? null : startForge({ tests: job.property_tests, compiler: ahead.compiler });
  const started = Date.now();
  const solhint = runAnalyzer({ name: "solhint", version: probeSolhint(), timeoutMs, work: () => runSolhint({ worker: ahead.solhint, own }), kill: () => void ahead.solhint.terminate() });
  // Compiling holds this thread: forge and solhint are under way before.
  await new Promise((resolve) => setImmediate(resolve));
  const compiled = compileTrees({ own: texts });
  if (compiled.problem !== undefined) return { problem: shorten(compiled.problem, 1000), analyzers: [], ignored: 0 };
  const compileMs = Date.now() - started;
  const slither = runAnalyzer({ name: "slither", version: probeSlither(), timeoutMs, work: () => askSlither({ compiled, own, detectors: job.detectors }), kill: () => ahead.slither.child.kill("SIGKILL") });
  const analyzers = await Promise.all([
    runAnalyzer({ name: "solc", version: compiled.version, timeoutMs, since: Date.now() - compileMs, work: () => solcFindings(compiled) }),
    runAnalyzer({ name: "slipway", version: CHECKS_VERSION, timeoutMs, work: () => runChecks({ trees: compiled.trees, own }) }),
    solhint,
    slither,
    runAnalyzer({ name: "forge", version: forge, timeoutMs, since: started, work: () => (properties === null ? { findings: [], detail: "No contract that can be deployed: nothing to test." } : properties.ended), kill: () => properties?.kill() }),
  ]);
  return place({ analyzers: analyzers.filter(({ name }) => job.analyzers.includes(name)), own, trees: compiled.trees, contract: job.property_tests, worstFirst: job.worst_first });
}

/** Where a function that was called lies: in the contract itself or the parent that has it, else the contract's name. */
function findFunction({ trees, own, name, contract }) {
  const files = [contract.file, ...[...own.keys()].filter((file) => file !== contract.file)];
  const contracts = files.flatMap((file) => (trees.get(file)?.nodes ?? []).filter((node) => node.nodeType === "ContractDefinition").map((node) => ({ file, node })));
  const main = contracts.find(({ file, node }) => file === contract.file && node.name === contract.contract);
  for (const id of main?.node.linearizedBaseContracts ?? []) {
    const base = contracts.find(({ node }) => node.id === id);
    const found = base?.node.nodes.find((node) => node.nodeType === "FunctionDefinition" && node.name === name && node.implemented);
    if (found !== undefined) return { file: base.file, bytes: bytesOf(found.nameLocation) };
  }
  return { file: contract.file, bytes: bytesOf((main?.node.nameLocation ?? "") || main?.node.src || "0:1:0") };
}

/** The worst of very many, by the worker's list of `analyzer check`; what is on no list means nothing to it. */
function keepWorst({ analyzer, findings, worstFirst }) {
  if (findings.length <= MAX_FINDINGS) return { ...analyzer, findings };
  const ranks = new Map(worstFirst.map((check, rank) => [check, rank]));
  const rankOf = ({ check }) => ranks.get(`${analyzer.name} ${check}`) ?? worstFirst.length;
  const kept = [...findings].sort((a, b) => rankOf(a) - rankOf(b)).slice(0, MAX_FINDINGS);
  return { ...analyzer, detail: shorten(`${analyzer.detail} The ${findings.length - MAX_FINDINGS} least severe of its findings are left out.`, 800), findings: kept };
}

/** Every finding with its lines, columns and the function around it; those outside the package's own files are counted. */
function place({ analyzers, own, trees, contract, worstFirst }) {
  const places = makePlaces({ own, trees });
  let ignored = 0;
  const placed = analyzers.map(({ raw, ...analyzer }) => {
    const findings = [];
    for (const { bytes: given, fix, ...told } of raw) {
      const { bytes, ...finding } = told.target === undefined ? { ...told, bytes: given } : { ...told, ...findFunction({ trees, own, name: told.target, contract }) };
      if (!own.has(finding.file)) {
        ignored += 1;
        continue;
      }
      const at = bytes === undefined ? { line: Math.min(finding.line, places.lineCount(finding.file)), end_line: Math.min(finding.line, places.lineCount(finding.file)), column: finding.column, length: 1 } : places.ofBytes({ file: finding.file, ...bytes });
      findings.push({
        check: plain(finding.check).slice(0, 100),
        confidence: typeof finding.confidence === "string" ? finding.confidence.slice(0, 40) : null,
        message: shorten(plain(finding.message), 600),
        file: finding.file,
        ...at,
        scope: places.scopeOf({ file: finding.file, ...at }),
        fix: fix === undefined ? null : { title: fix.title, edits: fix.edits.map((edit) => places.toCharacters(edit)) },
      });
    }
    return keepWorst({ analyzer, findings, worstFirst });
  });
  return { problem: null, analyzers: placed, ignored };
}
