/**
 * One body for each route and procedure that writes, from which the fuzz test makes its almost valid ones. A new one
 * without an entry here fails the test. A REST route's path is filled from the scene.
 */
import { PASSWORD } from "../../api/access/callers";
import type { Scene } from "../../api/access/rows";

type Body = Record<string, unknown>;

export interface Fuzzed {
  valid: (scene: Scene) => Body;
  /** True for what needs a build that is over. */
  settled?: boolean;
  /** Asked with the owner's browser, for no token may. */
  browser?: boolean;
}

const labels = { team: "alpha", tier: "1" };
const files = [{ path: "first.sh", content: "echo" }, { path: "a/b.txt", content_base64: "aGVsbG8=" }];
const options = { level: 3, nested: { list: [1, "two", null] } };
const commit = { commit_sha: "9f2c1e7", ref: "main" };

const none = (): Body => ({});
const newPackage = ({ workspace, unique }: Scene): Body => ({ package: `${workspace}/f-${unique}`, kind: "project", visibility: "private", description: "A package", labels });
const content = (): Body => ({ version: "1.2.3", ...commit, options, files });
const push = (scene: Scene): Body => ({ kind: "project", package: scene.package, labels, ...content() });
const rebuild = (): Body => ({ mode: "all", stages: ["first"] });
const change = (): Body => ({ visibility: "public", description: "changed", labels });
const changeFiles = (): Body => ({ upsert: files, remove: ["README.md"] });

const ofPackage = (scene: Scene): Body => ({ package: scene.package });
const ofRelease = (scene: Scene): Body => ({ release_id: scene.releaseId });
const ofBuild = (scene: Scene): Body => ({ build_id: scene.buildId });
const both = (...parts: ((scene: Scene) => Body)[]) => (scene: Scene): Body => Object.assign({}, ...parts.map((part) => part(scene)));

export const VALID_BODIES: Readonly<Record<string, Fuzzed>> = {
  "POST /api/v1/packages": { valid: newPackage },
  "PATCH /api/v1/packages/{owner}/{name}": { valid: change },
  "DELETE /api/v1/packages/{owner}/{name}": { valid: none, settled: true },
  "POST /api/v1/packages/{owner}/{name}/releases": { valid: content },
  "PATCH /api/v1/releases/{release_id}": { valid: () => ({ locked: true }) },
  "PUT /api/v1/releases/{release_id}/files": { valid: changeFiles },
  "POST /api/v1/releases/{release_id}/rebuild": { valid: rebuild, settled: true },
  "POST /api/v1/builds": { valid: push },
  "DELETE /api/v1/builds/{build_id}": { valid: none },
  "POST /api/v1/builds/{build_id}/cancel": { valid: none },
  "POST /api/v1/builds/{build_id}/rebuild": { valid: rebuild, settled: true },
  "POST /api/v1/examples/{slug}/builds": { valid: none },
  "POST /api/v1/builds/{build_id}/deploy": { valid: () => ({ chain_ids: [31337], confirm_mainnet: [1] }) },
  "POST /api/package_releases/get": { valid: (scene) => ({ package_release_id: scene.releaseId, include_logs: true }) },
  "POST /api/package_releases/list": { valid: (scene) => ({ package_name: scene.package, limit: 5 }) },
  "POST /api/package_releases/rebuild": { valid: (scene) => ({ package_release_id: scene.releaseId, mode: "all" }), settled: true },

  "trpc me.update": { valid: () => ({ name: "Ada" }), browser: true },
  "trpc me.changePassword": { valid: () => ({ current_password: PASSWORD, new_password: "another long password" }), browser: true },
  "trpc me.revokeSession": { valid: ({ sessionId }) => ({ session_id: sessionId }), browser: true },
  "trpc auth.signUp": { valid: ({ unique }) => ({ email: `${unique}@example.org`, handle: `n-${unique}`, name: "New", password: "a long password" }) },
  "trpc tokens.create": { valid: () => ({ name: "new", scopes: ["builds:read"], expires_at: "2099-01-01T00:00:00Z" }), browser: true },
  "trpc tokens.revoke": { valid: ({ tokenId }) => ({ token_id: tokenId }), browser: true },
  "trpc packages.create": { valid: newPackage },
  "trpc packages.update": { valid: both(ofPackage, change) },
  "trpc packages.delete": { valid: ofPackage, settled: true },
  "trpc releases.create": { valid: both(ofPackage, content) },
  "trpc releases.updateFiles": { valid: both(ofRelease, changeFiles) },
  "trpc releases.rebuild": { valid: both(ofRelease, rebuild), settled: true },
  "trpc releases.setLocked": { valid: both(ofRelease, () => ({ locked: true })) },
  "trpc builds.create": { valid: push },
  "trpc builds.rebuild": { valid: both(ofBuild, rebuild), settled: true },
  "trpc builds.cancel": { valid: ofBuild },
  "trpc builds.deploy": { valid: both(ofBuild, () => ({ chain_ids: [31337], confirm_mainnet: [1] })) },
  "trpc signers.set": { valid: ({ workspace, unique }) => ({ workspace, name: `s-${unique}`, private_key: `0x${"1".repeat(64)}` }), browser: true },
  "trpc signers.remove": { valid: ({ workspace }) => ({ workspace, name: "signer" }), browser: true },
  "trpc examples.build": { valid: () => ({ slug: "hello" }) },
};
