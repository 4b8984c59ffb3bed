/** One small circuit's life, as every operation would answer it. Checked against the schemas by a test. */
import type { z } from "zod";
import type { createdBuild, ArtifactView, BuildDetail, BuildEventView, BuildSummary, LogLine, StageView } from "../../api/schemas/builds";
import type { AuditEntryView } from "../../api/schemas/audit";
import type { PackageView, ReleaseView } from "../../api/schemas/packages";
import type { UserView } from "../../api/schemas/account";
import type { WorkspaceView } from "../../api/schemas/package-requests";

const BUILD_ID = "build_01KB2Q4W8M3V6T0N5R9XJ7YHCE";
const RELEASE_ID = "rel_01KB2Q4W8M1A2B3C4D5E6F7G8H";
const SHA = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae";
const ada = { handle: "ada", name: "Ada Lovelace", image: null };

export const FILES = [
  { path: "index.tsx", content: "export default () => (\n  <board width=\"20mm\" height=\"10mm\">\n    <resistor name=\"R1\" resistance=\"1k\" footprint=\"0402\" />\n  </board>\n)\n" },
  { path: "README.md", content: "# Blinky\n" },
];

export const artifact: ArtifactView = {
  name: "boards/index/pcb.svg",
  stage: "image_generation",
  media_type: "image/svg+xml",
  size: 18342,
  sha256: SHA,
  url: `/api/v1/builds/${BUILD_ID}/artifacts/boards/index/pcb.svg`,
};

export const logLine: LogLine = { id: 9, stage_line: 3, stage: "transpilation", stream: "stdout", created_at: "2026-11-21T09:30:01.250Z", message: "1 module, 3 files written" };

const stage: StageView = {
  key: "transpilation",
  title: "Transpilation",
  status: "successful",
  cached: false,
  needs: [],
  attempt: 1,
  progress: 100,
  reason: "first build of this release",
  fingerprint: SHA,
  toolchain: { typescript: "5.9.3" },
  error: null,
  report: { errorCount: 0, warningCount: 0, findings: [], facts: { modules: 1, files: 2 } },
  started_at: "2026-11-21T09:30:00.000Z",
  completed_at: "2026-11-21T09:30:01.400Z",
  duration_ms: 1400,
  log_lines: 3,
  insecure: false,
  is_stale: false,
  stale_reason: null,
};

export const build: BuildSummary = {
  build_id: BUILD_ID,
  number: 1,
  kind: "circuit",
  package: "ada/blinky",
  release_id: RELEASE_ID,
  version: "0.1.0",
  commit_sha: "9f2c1e7",
  ref: "main",
  trigger: "api",
  mode: "stale",
  requested_by: ada,
  status: "successful",
  cancelling: false,
  stages: [{ key: "transpilation", title: "Transpilation", status: "successful", cached: false }],
  error: null,
  labels: { third_party_id: "order-1841" },
  insecure: false,
  created_at: "2026-11-21T09:29:59.800Z",
  started_at: "2026-11-21T09:30:00.000Z",
  completed_at: "2026-11-21T09:30:04.180Z",
  duration_ms: 4180,
  queue_wait_ms: 200,
  cancelled_in_ms: null,
};

const event: BuildEventView = { object: "build.event", id: 1, type: "build.created", build_id: BUILD_ID, created: "2026-11-21T09:29:59.800Z", status: "pending" };

export const buildDetail: BuildDetail = {
  ...build,
  stages: [stage],
  artifacts: [artifact],
  deployments: [],
  logs_preview: [logLine],
  events: [event],
  log: { lines: 9, bytes: 412, capped: false, complete: true },
  content_removed_at: null,
  created_by_request: "req_01KB2Q4W8K0A1B2C3D4E5F6G7H",
  last_event_id: 14,
  is_latest: true,
  locked: false,
  queue: null,
  estimated_duration_ms: 4180,
  generation_time: null,
  audit_time: null,
  deploy_time: null,
  total_cost: null,
  estimated_time: null,
  can_write: true,
};

export const created: z.infer<typeof createdBuild> = {
  build_id: BUILD_ID,
  release_id: RELEASE_ID,
  package: "ada/blinky",
  number: 1,
  status: "pending",
  created_at: "2026-11-21T09:29:59.800Z",
  estimated_time: 4.2,
  links: {
    self: `/api/v1/builds/${BUILD_ID}`,
    html: "/ada/blinky/builds/1",
    logs: `/api/v1/builds/${BUILD_ID}/logs`,
    events: `/api/v1/builds/${BUILD_ID}/events`,
    artifacts: `/api/v1/builds/${BUILD_ID}/artifacts`,
  },
};

export const release: ReleaseView = {
  release_id: RELEASE_ID,
  package: "ada/blinky",
  kind: "circuit",
  version: "0.1.0",
  commit_sha: "9f2c1e7",
  ref: "main",
  locked: false,
  is_latest: true,
  display_status: "successful",
  total_build_duration_ms: 4180,
  latest_build: build,
  stages: [
    { key: "transpilation", title: "Transpilation", status: "successful", cached: false, is_stale: false, stale_reason: null, error: null, started_at: "2026-11-21T09:30:00.000Z", completed_at: "2026-11-21T09:30:01.400Z", duration_ms: 1400 },
  ],
  created_by: ada,
  file_count: 2,
  total_size: 153,
  created_at: "2026-11-21T09:29:59.800Z",
  updated_at: "2026-11-21T09:30:04.180Z",
};

export const stageFields = {
  transpilation_display_status: "successful",
  transpilation_in_progress: false,
  transpilation_started_at: "2026-11-21T09:30:00.000Z",
  transpilation_completed_at: "2026-11-21T09:30:01.400Z",
  transpilation_is_stale: false,
  transpilation_error: null,
};

export const releaseFile = { path: "index.tsx", size: 143, sha256: SHA };

export const packageExample: PackageView = {
  package_id: "pkg_01KB2Q4W8M5F6G7H8J9KABCDEF",
  package: "ada/blinky",
  workspace: "ada",
  name: "blinky",
  kind: "circuit",
  visibility: "private",
  description: "A blinking light",
  labels: { team: "boards" },
  created_at: "2026-11-21T09:29:59.800Z",
  updated_at: "2026-11-21T09:30:04.180Z",
  owner: ada,
  release_count: 1,
  build_count: 1,
  latest_release: { version: "0.1.0", release_id: RELEASE_ID, display_status: "successful", created_at: "2026-11-21T09:29:59.800Z" },
  latest_build: build,
  preview_url: `/api/v1/builds/${BUILD_ID}/artifacts/boards/index/pcb.svg`,
  can_write: true,
};

export const workspace: WorkspaceView = { workspace_id: "ws_01KB2Q4W8M9XYZ0123456789AB", slug: "ada", name: "Ada Lovelace", role: "owner", personal: true, package_count: 1, created_at: "2026-11-20T08:00:00.000Z" };

export const user: UserView = { user_id: "user_01KB2Q4W8M0123456789ABCDEF", handle: "ada", name: "Ada Lovelace", email: "ada@example.org", image: null, role: "user" };

export const member = { ...ada, role: "owner" };

export const auditEntry: AuditEntryView = {
  entry_id: "aud_01KB2Q4W8M0123456789ABCDEF",
  action: "signer.set",
  subject: "treasury",
  detail: { address: "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266", replaced: null },
  actor: ada,
  created_at: "2026-11-20T09:30:00.000Z",
};

/** What identifies things in addresses. */
export const PARAMETER_EXAMPLES: Readonly<Record<string, unknown>> = {
  slug: "blinky",
  path: "README.md",
  chain_id: 31337,
  contract: "HyperKit",
  function: "balanceOf(address)",
  args: ["0x5FbDB2315678afecb367f032d93F642f64180aa3"],
  build_id: BUILD_ID,
  release_id: RELEASE_ID,
  owner: "ada",
  name: "blinky",
  workspace: "ada",
  package: "ada/blinky",
  status: ["failed"],
  kind: "circuit",
  trigger: "push",
  ref: "main",
  third_party_id: "order-1841",
  parser_id: "kicad-8",
  label: { "label.team": "boards" },
  q: "blinky",
  created_after: "2026-11-01T00:00:00Z",
  created_before: "2026-12-01T00:00:00Z",
  page: 1,
  page_size: 20,
  limit: 30,
  offset: 0,
  cursor: "WyJidWlsZF8wMUtCMlE0VzhNM1Y2VDBONVI5WEo3WUhDRSIsNDJd",
  tail: 50,
  stage: "transpilation",
  after_id: 100,
  from_stage_line: 1,
};
