/**
 * The table: one row for each way into the product, with what each caller is answered. A new route or procedure needs a
 * row here, else the matrix fails. Mostly `{ expected }` is all: parts of a path are filled from the scene.
 */
import { adminOnly, anyone, makes, PASSWORD, reads, sessionReads, sessionWrites, signedIn, unguarded, writes, type Expected } from "./callers";

/** What there is to look at and to change: the owner's private package, made anew for each caller that may change it. */
export interface Scene {
  /** `workspace/name`. */
  package: string;
  workspace: string;
  releaseId: string;
  buildId: string;
  /** Of the owner. */
  tokenId: string;
  sessionId: string;
  /** Another one each time. */
  unique: string;
}

export interface Row {
  expected: Expected;
  /** True for what changes something: whoever is refused must have changed nothing, and each other gets a scene of its own. */
  changes?: boolean;
  /** True for what needs a build that is over. It has the artifact `first/out.txt`. */
  settled?: boolean;
  /** True for what needs a token and a session of the owner to change. */
  own?: boolean;
  /** For a route that has nothing to show in the scene: the problem's code that only those who may look are told. */
  okCode?: string;
  query?: string;
  json?: (scene: Scene) => unknown;
  /** Of a procedure. */
  input?: (scene: Scene) => unknown;
}

const change = (expected: Expected, rest: Omit<Row, "expected" | "changes"> = {}): Row => ({ expected, changes: true, ...rest });
const files = [{ path: "first.sh", content: "echo new" }];
const build = ({ buildId }: Scene) => ({ build_id: buildId });
const release = ({ releaseId }: Scene) => ({ release_id: releaseId });
const ofPackage = (scene: Scene) => ({ package: scene.package });
const newPackage = ({ workspace, unique }: Scene) => ({ package: `${workspace}/new-${unique}`, kind: "project" });
const pushed = (scene: Scene) => ({ ...ofPackage(scene), kind: "project", files });
/** Any number below the curve's order is a key. */
const SIGNER_KEY = `0x${"1".repeat(64)}`;
/** Scoped, so that nobody learns from the status alone whether a workspace exists. */
const inWorkspace: Expected = { ...reads, anonymous: 401 };
const ofOwners: Expected = { ...inWorkspace, viewer: 403, member: 403 };

export const ROWS: Readonly<Record<string, Row>> = {
  "GET /api/v1/me": { expected: anyone },
  "GET /api/v1/workspaces": { expected: signedIn },
  "GET /api/v1/workspaces/{workspace}": { expected: inWorkspace },
  "GET /api/v1/workspaces/{workspace}/audit-log": { expected: ofOwners },
  "GET /api/v1/async-jobs/stats": { expected: signedIn },
  "GET /api/v1/admin/retention": { expected: adminOnly },
  "GET /api/v1/chains": { expected: anyone },
  "GET /api/v1/activity": { expected: signedIn },
  "GET /api/v1/examples": { expected: anyone },
  "POST /api/v1/examples/{slug}/builds": change(makes),
  "GET /api/v1/packages": { expected: anyone },
  "POST /api/v1/packages": change(writes, { json: newPackage }),
  "GET /api/v1/packages/{owner}/{name}": { expected: reads },
  "PATCH /api/v1/packages/{owner}/{name}": change(writes, { json: () => ({ description: "changed" }) }),
  "DELETE /api/v1/packages/{owner}/{name}": change(writes, { settled: true }),
  "GET /api/v1/packages/{owner}/{name}/releases": { expected: reads },
  "POST /api/v1/packages/{owner}/{name}/releases": change(writes, { json: () => ({ files }) }),

  "GET /api/v1/releases/{release_id}": { expected: reads },
  "GET /api/v1/releases/{release_id}/file": { expected: reads, query: "?path=first.sh" },
  "PATCH /api/v1/releases/{release_id}": change(writes, { json: () => ({ locked: true }) }),
  "GET /api/v1/releases/{release_id}/files.zip": { expected: reads },
  "PUT /api/v1/releases/{release_id}/files": change(writes, { json: () => ({ upsert: files }) }),
  "POST /api/v1/releases/{release_id}/rebuild": change(writes, { settled: true, json: () => ({ mode: "all" }) }),

  "GET /api/v1/builds": { expected: anyone },
  "POST /api/v1/builds": change(writes, { json: pushed }),
  "GET /api/v1/builds/{build_id}": { expected: reads },
  "DELETE /api/v1/builds/{build_id}": change(writes),
  "POST /api/v1/builds/{build_id}/cancel": change(writes),
  "POST /api/v1/builds/{build_id}/rebuild": change(writes, { settled: true, json: () => ({ mode: "all" }) }),
  "GET /api/v1/builds/{build_id}/changes": { expected: reads },
  "GET /api/v1/builds/{build_id}/contract": { expected: reads, okCode: "validation_failed", query: "?chain_id=31337&function=name" },
  "GET /api/v1/builds/{build_id}/logs": { expected: reads },
  "GET /api/v1/builds/{build_id}/events": { expected: reads, settled: true, query: "?after_id=1" },
  "GET /api/v1/builds/{build_id}/stream": { expected: anyone, okCode: "upgrade_required" },
  // Browsers let every site open sockets with the cookie.
  "WS /api/v1/builds/{build_id}/stream": { expected: { ...reads, elsewhere: 403 } },
  "GET /api/v1/builds/{build_id}/artifacts": { expected: reads },
  "GET /api/v1/builds/{build_id}/artifacts.zip": { expected: reads, settled: true },
  "GET /api/v1/builds/{build_id}/artifacts/{name...}": { expected: reads, settled: true },
  "GET /api/v1/builds/{build_id}/code": { expected: reads, okCode: "code_not_available" },
  // The scene's build is no contract, which only those who may deploy it are told.
  "POST /api/v1/builds/{build_id}/deploy": { expected: writes, okCode: "validation_failed", json: () => ({ chain_ids: [31337] }) },
  "GET /api/v1/builds/{build_id}/audit": { expected: reads, okCode: "audit_not_available" },

  "POST /api/package_releases/get": { expected: reads, json: ({ releaseId }) => ({ package_release_id: releaseId }) },
  "POST /api/package_releases/list": { expected: reads, json: (scene) => ({ package_name: scene.package }) },
  "POST /api/package_releases/rebuild": change(writes, { settled: true, json: ({ releaseId }) => ({ package_release_id: releaseId, mode: "all" }) }),

  "GET /api/openapi.json": { expected: unguarded },
  "GET /api/health": { expected: unguarded },
  "GET /api/health/live": { expected: unguarded },
  "GET /api/health/ready": { expected: unguarded },
  "GET /api/health/status": { expected: unguarded },
  // The tests ask from the machine itself, which may look without a token of its own.
  "GET /metrics": { expected: unguarded },

  "trpc me.get": { expected: anyone },
  "trpc me.update": change(sessionWrites, { input: ({ unique }) => ({ name: `Ada ${unique}` }) }),
  "trpc me.changePassword": change(sessionWrites, { input: () => ({ current_password: PASSWORD, new_password: "another long password" }) }),
  "trpc me.sessions": { expected: sessionReads },
  "trpc me.revokeSession": change(sessionWrites, { own: true, input: ({ sessionId }) => ({ session_id: sessionId }) }),
  "trpc auth.signUp": change(
    { ...anyone, elsewhere: 403 },
    { input: ({ unique }) => ({ email: `${unique}@example.org`, handle: `n-${unique}`, name: "New", password: "a long password" }) },
  ),
  "trpc tokens.list": { expected: sessionReads },
  "trpc tokens.create": change(sessionWrites, { input: () => ({ name: "new", scopes: ["builds:read"] }) }),
  "trpc tokens.revoke": change(sessionWrites, { own: true, input: ({ tokenId }) => ({ token_id: tokenId }) }),
  "trpc workspaces.list": { expected: signedIn },
  "trpc workspaces.get": { expected: inWorkspace, input: ({ workspace }) => ({ workspace }) },
  "trpc workspaces.auditLog": { expected: ofOwners, input: ({ workspace }) => ({ workspace }) },
  "trpc operations.stats": { expected: signedIn },
  "trpc operations.retention": { expected: adminOnly, input: () => ({}) },

  "trpc packages.list": { expected: anyone, input: () => ({}) },
  "trpc packages.get": { expected: reads, input: ofPackage },
  "trpc packages.create": change(writes, { input: newPackage }),
  "trpc packages.update": change(writes, { input: (scene) => ({ ...ofPackage(scene), description: "changed" }) }),
  "trpc packages.delete": change(writes, { settled: true, input: ofPackage }),

  "trpc releases.list": { expected: reads, input: ofPackage },
  "trpc releases.get": { expected: reads, input: release },
  "trpc releases.create": change(writes, { input: (scene) => ({ ...ofPackage(scene), files }) }),
  "trpc releases.updateFiles": change(writes, { input: (scene) => ({ ...release(scene), upsert: files }) }),
  "trpc releases.rebuild": change(writes, { settled: true, input: (scene) => ({ ...release(scene), mode: "all" }) }),
  "trpc releases.readFile": { expected: reads, input: (scene) => ({ ...release(scene), path: "first.sh" }) },
  "trpc releases.setLocked": change(writes, { input: (scene) => ({ ...release(scene), locked: true }) }),

  "trpc builds.list": { expected: anyone, input: () => ({}) },
  "trpc builds.create": change(writes, { input: pushed }),
  "trpc builds.get": { expected: reads, input: build },
  "trpc builds.cancel": change(writes, { input: build }),
  "trpc builds.rebuild": change(writes, { settled: true, input: (scene) => ({ ...build(scene), mode: "all" }) }),
  "trpc builds.logs": { expected: reads, input: build },
  "trpc builds.searchLog": { expected: reads, input: (scene) => ({ ...build(scene), stage: "first", q: "x" }) },
  "trpc builds.artifacts": { expected: reads, input: build },
  "trpc builds.compareWithGreen": { expected: reads, input: build },
  "trpc builds.activity": { expected: signedIn, input: () => ({}) },
  "trpc builds.onEvent": { expected: reads, settled: true, input: (scene) => ({ ...build(scene), lastEventId: 1 }) },
  "trpc builds.onChange": { expected: anyone, input: () => ({}) },

  "trpc builds.deploy": { expected: writes, okCode: "validation_failed", input: (scene) => ({ ...build(scene), chain_ids: [31337] }) },
  "trpc chains.list": { expected: anyone, input: () => ({}) },
  "trpc contracts.read": { expected: reads, okCode: "validation_failed", input: (scene) => ({ ...build(scene), chain_id: 31337, function: "name" }) },
  "trpc contracts.understand": { expected: signedIn, input: () => ({ prompt: "A token" }) },
  "trpc signers.list": { expected: sessionReads, input: ({ workspace }) => ({ workspace }) },
  "trpc signers.set": change(sessionWrites, { input: ({ workspace, unique }) => ({ workspace, name: `signer-${unique}`, private_key: SIGNER_KEY }) }),
  // Nobody has set it, which only those are told who may remove it.
  "trpc signers.remove": { expected: sessionWrites, okCode: "not_found", input: ({ workspace }) => ({ workspace, name: "signer" }) },

  "trpc examples.list": { expected: anyone },
  "trpc examples.build": change(makes, { input: () => ({ slug: "hello" }) }),
};
