/** What the document says of each procedure beyond what its schemas tell. A test asks for words for every one. */
import { z } from "zod";
import type { ContentDocument, OperationWords } from "../routes/route";
import * as example from "./examples";

export interface ProcedureWords extends Omit<OperationWords, "summary"> {
  /** Ids of the other ways to ask for the same, in their order. */
  alsoIds?: readonly string[];
  /** The procedure's own fields; the envelope is added. */
  answer: Record<string, unknown>;
  body?: unknown;
  /** Other media types of the success, chosen by Accept. */
  otherContent?: Readonly<Record<string, ContentDocument>>;
  /** Which part of the answer has each stage's fields under the stage's own name too. */
  stageFields?: "answer" | "releases";
}

const whole = { count: 1, total: 1, next_cursor: null };
const paged = { ...whole, limit: 30 };
const REBUILD = { mode: "stale" };
const REBUILD_STORY = "Refused while a build of the release is under way. `stages` narrows it to these stages and what they need.";

export const PROCEDURE_WORDS: Readonly<Record<string, ProcedureWords>> = {
  "me.get": {
    operationId: "get_me",
    tag: "Account",
    description: "`user` is null for somebody who is not signed in. Try a new token here.",
    answer: { user: example.user, workspaces: [{ workspace_id: example.workspace.workspace_id, slug: "ada", name: "Ada Lovelace", role: "owner" }], signup_open: true, github_enabled: false, isolation: "sandboxed", kinds: ["circuit", "contract"] },
  },
  "workspaces.list": { operationId: "list_workspaces", tag: "Workspaces", description: "An admin sees all of them.", answer: { workspaces: [example.workspace], ...whole } },
  "workspaces.get": { operationId: "get_workspace", tag: "Workspaces", description: "With everybody who belongs to it.", answer: { ...example.workspace, members: [example.member] } },
  "workspaces.auditLog": {
    operationId: "list_audit_entries",
    tag: "Workspaces",
    description: "For owners: signing keys that were set, replaced and removed, newest first. The keys themselves are told to nobody. Paged as the builds are.",
    answer: { entries: [example.auditEntry], ...paged },
  },
  "packages.list": { operationId: "list_packages", tag: "Packages", description: "Of the workspaces you belong to, or of one; without a sign-in every public package. Paged as the builds are.", answer: { packages: [example.packageExample], ...paged } },
  "packages.get": { operationId: "get_package", tag: "Packages", description: "The README is the newest release's.", answer: { ...example.packageExample, readme: "# Blinky\n" } },
  "packages.create": {
    operationId: "create_package",
    tag: "Packages",
    description: "Not needed before a push: `POST /api/v1/builds` makes a package that does not exist.",
    errors: ["name_taken", "not_found"],
    body: { package: "ada/blinky", kind: "circuit", visibility: "private", description: "A blinking light", labels: { team: "boards" } },
    answer: { ...example.packageExample, release_count: 0, build_count: 0, latest_release: null, latest_build: null, preview_url: null },
  },
  "packages.update": { operationId: "update_package", tag: "Packages", description: "Fields that are left out stay as they are; `labels` are put in place of all labels.", body: { visibility: "public" }, answer: { ...example.packageExample, visibility: "public" } },
  "packages.delete": { operationId: "delete_package", tag: "Packages", description: "Can't be undone. Refused while one of its builds is under way.", errors: ["build_in_progress"], answer: { ok: true } },
  "releases.list": { operationId: "list_releases", tag: "Releases", description: "Each with its stages' fields under the stages' own names, as the single record has them; `<stage>_logs` is null here. Paged as the builds are.", stageFields: "releases", answer: { releases: [{ ...example.release, ...example.stageFields, transpilation_logs: null }], ...paged } },
  "releases.get": {
    operationId: "get_release",
    tag: "Releases",
    description: "Each stage is told twice: in `stages`, and as `<stage>_display_status`, `<stage>_in_progress`, `<stage>_started_at`, `<stage>_completed_at`, `<stage>_is_stale`, `<stage>_error` and `<stage>_logs` (null without `include_logs`).",
    parameters: [{ name: "include_logs", in: "query", description: "`true`: each stage's log, its first 1,000 lines, as `<stage>_logs`.", schema: z.boolean().optional(), example: true }],
    stageFields: "answer",
    answer: {
      ...example.release,
      files: [example.releaseFile],
      can_write: true,
      ...example.stageFields,
      transpilation_logs: [example.logLine],
    },
  },
  "releases.create": {
    operationId: "create_release",
    tag: "Releases",
    description: "Send `files`, or `git` with the address of a repository, or a zip or tar.gz as the part `archive` of a form. The package must exist. Its build starts by itself; follow it at `links.events`. A version that is taken answers 409 and names the next one that is free.",
    errors: ["version_taken", "queue_full", "safe_mode_enabled"],
    body: { version: "0.1.0", commit_sha: "9f2c1e7", ref: "main", files: example.FILES },
    answer: example.created,
  },
  "releases.updateFiles": {
    operationId: "update_release_files",
    tag: "Releases",
    description: "Stages whose inputs changed become stale, and a build of them starts by itself.",
    errors: ["release_locked", "build_in_progress", "queue_full", "safe_mode_enabled"],
    body: { upsert: [{ path: "README.md", content: "# Blinky, brighter\n" }], remove: ["old.tsx"] },
    answer: { ...example.created, number: 2 },
  },
  "releases.rebuild": { operationId: "rebuild_release", tag: "Releases", description: REBUILD_STORY, errors: ["build_in_progress", "queue_full", "safe_mode_enabled"], body: REBUILD, answer: { ...example.created, number: 2 } },
  "releases.readFile": {
    operationId: "read_release_file",
    tag: "Releases",
    description: "`content` is null for a file that is no text. All files as they are: `/api/v1/releases/{release_id}/files.zip`.",
    answer: { path: "README.md", size: 10, content: "# Blinky\n" },
  },
  "releases.setLocked": { operationId: "lock_release", tag: "Releases", description: "A locked release takes no changes of its files.", body: { locked: true }, answer: { ...example.release, locked: true } },
  "builds.create": {
    operationId: "create_build",
    tag: "Builds",
    description:
      "Either `release_id`, for another build of a release; or `prompt` and `chains`, a contract in words; or files (or `git`, or an archive in a form) with `kind` and `package`: package and release are made where needed. Answers at once, while the build waits for its turn; follow it at `links.events`. " +
      "Send an `Idempotency-Key` and it is safe to repeat when the answer was lost.",
    errors: ["version_taken", "build_in_progress", "not_found", "mainnet_not_confirmed", "no_signer", "queue_full", "safe_mode_enabled"],
    body: { kind: "circuit", package: "ada/blinky", commit_sha: "9f2c1e7", ref: "main", labels: { third_party_id: "order-1841" }, files: example.FILES },
    answer: example.created,
  },
  "builds.list": {
    operationId: "list_builds",
    tag: "Builds",
    description: "Filters narrow it; all of them must hold. Page by `page` and `page_size`, by `limit` and `offset`, or by `cursor`, which costs the same at any depth: the other two reach the first 10,000. `q` is looked for in packages' names, the newest 20,000 releases and failed builds; also `#12` and how an id begins.",
    answer: { builds: [example.build], ...paged, total_exact: true },
  },
  "builds.get": { operationId: "get_build", tag: "Builds", description: "Statuses, stages with their timings, error, labels, artifacts, deployments, the end of the log, and every event that is no log line.", answer: { ...example.buildDetail } },
  "builds.compareWithGreen": {
    operationId: "compare_build",
    tag: "Builds",
    description: "Files, tools and artifacts beside those of the last successful build of the package before this one; `base` is null where there is none.",
    answer: { base: { build_id: example.build.build_id, number: 1 }, files: [{ path: "index.tsx", change: "changed" }], toolchain: [{ name: "tscircuit", from: "0.0.1", to: "0.0.2" }], artifacts: [{ name: "boards/index/pcb.svg", change: "changed" }] },
  },
  "builds.activity": {
    operationId: "get_activity",
    tag: "Builds",
    description: "Of the workspaces you belong to, or of one. Each day in UTC, oldest first, those without builds too.",
    answer: { days: [{ date: "2026-11-21", successful: 12, failed: 1, cancelled: 0, median_duration_ms: 4180 }] },
  },
  "contracts.read": {
    operationId: "read_contract",
    tag: "Chains",
    description: "Calls a function that changes nothing, at the address where the build put the contract, and costs nothing. Arguments as repeated `args`, in the function's order.",
    errors: ["call_reverted", "answer_not_readable", "not_available"],
    answer: { chain_id: 31337, address: "0x5FbDB2315678afecb367f032d93F642f64180aa3", function: "totalSupply()", block: 7, outputs: [{ name: "", type: "uint256", value: "1000000000000000000000000000" }] },
  },
  "examples.list": { operationId: "list_examples", tag: "Packages", description: "As the first visit offers them.", answer: { examples: [{ slug: "blinky", title: "Blinky", description: "A blinking light", kind: "circuit" }], ...whole } },
  "examples.build": { operationId: "build_example", tag: "Builds", description: "Makes the package where it is not there yet.", errors: ["not_found", "queue_full", "safe_mode_enabled"], answer: example.created },
  "builds.rebuild": { operationId: "rebuild_build", tag: "Builds", description: REBUILD_STORY, errors: ["build_in_progress", "queue_full", "safe_mode_enabled"], body: REBUILD, answer: { ...example.created, number: 2 } },
  "builds.deploy": {
    operationId: "deploy_build",
    tag: "Builds",
    description: "Adds the chains to the release and builds it again: all that did not change is reused, and contracts that are live already stay where they are. The same call tries failed chains again.",
    errors: ["build_in_progress", "mainnet_not_confirmed", "no_signer", "queue_full", "safe_mode_enabled"],
    body: { chain_ids: [31337, 5001] },
    answer: { ...example.created, number: 2 },
  },
  "chains.list": {
    operationId: "list_chains",
    tag: "Chains",
    description: "`has_signer` is of the workspace asked for, else of any that the caller belongs to.",
    errors: ["not_found"],
    answer: { chains: [{ chain_id: 31337, name: "Local", testnet: true, unit: "ETH", embedded: true, explorer_url: null, available: true, has_signer: true, signer: null }], ...whole },
  },
  "builds.cancel": {
    operationId: "cancel_build",
    alsoIds: ["delete_build"],
    tag: "Builds",
    description: "Kills what runs, looks that nothing is left, and only then answers. The build and its log stay.",
    errors: ["build_not_cancellable"],
    answer: { build_id: example.build.build_id, status: "cancelled", cancelled_in_ms: 84 },
  },
  "builds.logs": {
    operationId: "get_build_logs",
    tag: "Builds",
    description: "Goes on with `after_id`. `Accept: text/plain` answers the whole raw log (of one stage with `stage`), escape sequences kept.",
    parameters: [
      { name: "Accept", in: "header", description: "`text/plain` for the raw log.", schema: z.string().optional(), example: "application/json" },
      { name: "download", in: "query", description: "With `text/plain`: as an attachment.", schema: z.string().optional(), example: "1" },
    ],
    otherContent: { "text/plain": { schema: z.string(), example: "Transpiling 1 source file to ES modules, CommonJS and declarations\n1 module, 3 files written\n" } },
    answer: { logs: [example.logLine], next_after_id: null, total: 9 },
  },
  "operations.stats": {
    operationId: "get_job_stats",
    tag: "Operations",
    description: "Of the whole installation: whoever may read builds may know how long they will wait.",
    answer: {
      worker_count: 2,
      slots: 4,
      running_count: 3,
      queue_size: 5,
      max_queue_size: 1000,
      results_count: 1841,
      results_count_exact: true,
      is_shutdown: false,
      wait_ms: { p50: 120, p95: 2100, p99: 5400 },
      run_ms: { p50: 4180, p95: 9300, p99: 21000 },
      sample: 1412,
    },
  },
  "operations.retention": {
    operationId: "plan_retention",
    tag: "Operations",
    description: "Nothing is removed by asking. Never the latest successful build of a package.",
    answer: {
      retention_days: 30,
      grace_hours: 24,
      older_than: "2026-10-22T09:30:05.000Z",
      total: { count: 1, log_bytes: 412, artifact_count: 1, artifact_bytes: 18342 },
      builds: [{ build_id: example.build.build_id, package: "ada/blinky", number: 1, status: "failed", completed_at: "2026-10-01T08:00:00.000Z", log_bytes: 412, artifact_bytes: 18342 }],
      blobs: { count: 3, bytes: 52431 },
      expired: { sessions: 1, idempotency_keys: 12, rate_counters: 4, tokens: 0, outbox_events: 0, workers: 1 },
    },
  },
  "builds.artifacts": { operationId: "list_artifacts", tag: "Builds", description: "In the order of the stages. `url` gives the content.", answer: { artifacts: [example.artifact], ...whole } },
};
