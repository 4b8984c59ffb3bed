import { describe, expect, it } from "vitest";
import { LogStore } from "~/components/log-viewer/log-store";
import type { BuildDetail, BuildEventView, DeploymentView, StageView } from "~/server/api/schemas/builds";
import type { BuildFrame } from "~/server/services/builds/stream-build";
import { applyFrame, reconcileBuild, startLiveBuild, type LiveBuild } from "./live-build";

function stage(key: string, change: Partial<StageView> = {}): StageView {
  return {
    key, title: key, status: "pending", cached: false, needs: [], attempt: 1, progress: 0, reason: null, fingerprint: null, toolchain: {}, error: null,
    report: null, started_at: null, completed_at: null, duration_ms: null, log_lines: 0, insecure: false, is_stale: false, stale_reason: null, ...change,
  };
}

function detail(change: Partial<BuildDetail> = {}): BuildDetail {
  return {
    build_id: "build_1", number: 1, kind: "circuit", package: "ada/blinky", release_id: "rel_1", version: "0.1.0", commit_sha: null, ref: null, trigger: "push", mode: "stale",
    requested_by: null, status: "pending", cancelling: false, stages: [stage("transpilation"), stage("circuit_json_build")], error: null, labels: {}, insecure: false,
    created_at: at(0), started_at: null, completed_at: null, duration_ms: null, queue_wait_ms: null, cancelled_in_ms: null, artifacts: [], deployments: [], logs_preview: [], events: [],
    log: { lines: 0, bytes: 0, capped: false, complete: false }, content_removed_at: null, created_by_request: null, last_event_id: 1, is_latest: true, locked: false,
    queue: { position: 1, ahead: "1 build of ada/blinky", estimated_start_ms: 500 }, estimated_duration_ms: null, can_write: true,
    generation_time: null, audit_time: null, deploy_time: null, total_cost: null, estimated_time: null, ...change,
  };
}

function at(ms: number): string {
  return new Date(Date.UTC(2026, 0, 1) + ms).toISOString();
}

function step(id: number, key: string, change: Partial<BuildEventView> = {}): BuildFrame {
  return { type: "event", event: { object: "build.event", id, type: "build.step", build_id: "build_1", created: at(id * 100), step: key, ...change } };
}
function completed(id: number, change: Partial<BuildEventView> = {}): BuildFrame {
  return { type: "event", event: { object: "build.event", id, type: "build.completed", build_id: "build_1", created: at(id * 100), status: "successful", ...change } };
}
function lines(firstEventId: number, firstLine: number, count: number, stageKey = "transpilation", firstStageLine = firstLine): BuildFrame {
  return {
    type: "lines", stage: stageKey, stream: "stdout", first_line: firstLine, first_stage_line: firstStageLine, first_event_id: firstEventId, created_at: at(firstEventId),
    lines: Array.from({ length: count }, (_, index) => `line ${firstStageLine + index}`),
  };
}

/** Plays frames as the page does: lines go to a store per stage. */
function play(frames: readonly BuildFrame[], from: LiveBuild = startLiveBuild({ build: detail() })) {
  const stores = new Map<string, LogStore>();
  const given: string[] = [];
  let live = from;
  let ends = 0;
  for (const frame of frames) {
    const applied = applyFrame({ live, frame });
    live = applied.live;
    if (applied.ended) ends += 1;
    if (!applied.lines) continue;
    const store = stores.get(applied.lines.stage) ?? new LogStore({ schedule: (notify) => notify() });
    stores.set(applied.lines.stage, store);
    store.add(applied.lines.lines);
    given.push(...applied.lines.lines.map((line) => line.message));
  }
  return { live, stores, given, ends };
}

function lane(chainId: number, change: Partial<DeploymentView> = {}): DeploymentView {
  return {
    chain_id: chainId, chain_name: `Chain ${chainId}`, status: "building", attempt: 1, contract: "Kit", address: null, transaction: null, block: null, gas_used: null, cost_wei: null, cost: null,
    unit: "ETH", explorer_url: null, verified: false, carried_over: false, error: null, started_at: at(0), completed_at: null, ...change,
  };
}

describe("applyFrame: steps", () => {
  it("keeps the newest of each chain's lane, in the chains' order", () => {
    const told = (id: number, deployment: DeploymentView) => step(id, "transpilation", { status: "building", deployment });
    const { live } = play([told(2, lane(31337)), told(3, lane(1337)), told(4, lane(31337, { status: "successful", address: "0xaa" })), told(3, lane(31337))]);
    expect(live.build.deployments.map(({ chain_id, status, address }) => [chain_id, status, address])).toEqual([[1337, "building", null], [31337, "successful", "0xaa"]]);
    expect(play([step(5, "transpilation", { progress: 90 })], live).live.build.deployments).toHaveLength(2);
  });

  it("starts the build with its first stage, and measures the wait", () => {
    const { live } = play([step(2, "transpilation", { status: "building", message: "compiling" })]);
    expect(live.build).toMatchObject({ status: "building", started_at: at(200), queue_wait_ms: 200, queue: null });
    expect(live.build.stages[0]).toMatchObject({ status: "building", started_at: at(200) });
    expect(live.build.stages[1]?.status).toBe("pending");
    expect(live.messages).toEqual({ transpilation: "compiling" });
  });

  it("keeps progress and its message while a stage runs, and clears the message when it ends", () => {
    const running = [step(2, "transpilation", { status: "building" }), step(3, "transpilation", { progress: 40, message: "declarations" })];
    const { live } = play(running);
    expect(live.build.stages[0]).toMatchObject({ status: "building", progress: 40, started_at: at(200) });
    expect(live.messages).toEqual({ transpilation: "declarations" });
    const after = play([step(4, "transpilation", { status: "successful" })], live);
    expect(after.live.build.stages[0]).toMatchObject({ status: "successful", progress: 100, completed_at: at(400), duration_ms: 200 });
    expect(after.live.messages).toEqual({});
    expect(after.ends).toBe(1);
  });

  it("shows a failure's line at once", () => {
    const { live } = play([step(2, "transpilation", { status: "building" }), step(3, "transpilation", { status: "failed", error_code: "syntax_error", error_message: "index.tsx:3 Unexpected }" })]);
    expect(live.build.stages[0]?.error).toEqual({ code: "syntax_error", message: "index.tsx:3 Unexpected }", location: null, log_line: null });
  });

  it("keeps the reason of a skipped stage", () => {
    const { live } = play([step(2, "circuit_json_build", { status: "skipped", message: "transpilation failed" })]);
    expect(live.build.stages[1]).toMatchObject({ status: "skipped", reason: "transpilation failed" });
  });

  it("starts a stage's clock again when it is tried again", () => {
    const { live } = play([
      step(2, "transpilation", { status: "building" }),
      step(3, "transpilation", { status: "failed", error_message: "lost", error_code: "worker_lost" }),
      step(4, "transpilation", { status: "building" }),
    ]);
    expect(live.build.stages[0]).toMatchObject({ status: "building", started_at: at(400), completed_at: null, error: null });
  });
});

describe("applyFrame: the end", () => {
  it("closes the build with its duration", () => {
    const { live, ends } = play([step(2, "transpilation", { status: "building" }), completed(9)]);
    expect(live.build).toMatchObject({ status: "successful", completed_at: at(900), duration_ms: 700 });
    expect(live.build.log.complete).toBe(true);
    expect(ends).toBe(1);
  });

  it("names the failed stage with the build's error", () => {
    const { live } = play([
      step(2, "transpilation", { status: "building" }),
      step(3, "transpilation", { status: "failed", error_code: "syntax_error", error_message: "bad" }),
      completed(4, { status: "failed", error_code: "syntax_error", error_message: "bad" }),
    ]);
    expect(live.build.error).toEqual({ stage: "transpilation", code: "syntax_error", message: "bad" });
  });

  it("tells that someone asked to cancel, until it is done", () => {
    const { live } = play([step(2, "transpilation", { status: "building" }), step(3, "transpilation", { status: "building", message: "Cancelling" })]);
    expect(live.build).toMatchObject({ status: "building", cancelling: true });
    expect(play([completed(4, { status: "cancelled" })], live).live.build).toMatchObject({ status: "cancelled", cancelling: false });
  });

  it("ends a cancel", () => {
    const { live } = play([completed(2, { status: "cancelled" })], startLiveBuild({ build: detail({ cancelling: true, status: "building" }) }));
    expect(live.build).toMatchObject({ status: "cancelled", cancelling: false });
  });
});

describe("applyFrame: lines", () => {
  const frames = [step(2, "transpilation", { status: "building" }), lines(3, 1, 4), lines(7, 5, 3), step(10, "transpilation", { status: "successful" })];

  it("counts them in the stage and in the build", () => {
    const { live, stores, given } = play(frames);
    expect(live.build.log.lines).toBe(7);
    expect(live.build.stages[0]?.log_lines).toBe(7);
    expect(stores.get("transpilation")?.isWhollyHeld()).toBe(true);
    expect(given).toEqual(["line 1", "line 2", "line 3", "line 4", "line 5", "line 6", "line 7"]);
  });

  it("keeps two stages apart", () => {
    const { live, stores } = play([lines(2, 1, 2, "transpilation", 1), lines(4, 3, 2, "circuit_json_build", 1), lines(6, 5, 1, "transpilation", 3)]);
    expect(stores.get("transpilation")?.total).toBe(3);
    expect(stores.get("circuit_json_build")?.total).toBe(2);
    expect(live.build.log.lines).toBe(5);
  });

  it("takes a reconnect that starts anywhere again without a line lost or doubled", () => {
    const whole = play(frames);
    for (let cut = 0; cut <= frames.length; cut++) {
      for (let again = 0; again <= cut; again++) {
        const played = play([...frames.slice(0, cut), ...frames.slice(again)]);
        expect(played.given).toEqual(whole.given);
        expect(played.live.build).toEqual(whole.live.build);
        expect(played.ends).toBe(1);
      }
    }
  });

  it("cuts a frame that is known in part", () => {
    const { given, live } = play([lines(2, 1, 4), lines(4, 3, 4)]);
    expect(given).toEqual(["line 1", "line 2", "line 3", "line 4", "line 5", "line 6"]);
    expect(live.lastEventId).toBe(7);
  });

  it("answers the very same state for what it knows", () => {
    const { live } = play(frames);
    for (const frame of frames) expect(applyFrame({ live, frame }).live).toBe(live);
  });
});

describe("reconcileBuild", () => {
  const frames = [step(2, "transpilation", { status: "building" }), lines(3, 1, 4), step(7, "transpilation", { status: "successful" }), step(8, "circuit_json_build", { status: "building" }), lines(9, 5, 2, "circuit_json_build", 1)];

  it("takes what only the server knows, and keeps frames that came meanwhile", () => {
    const { live } = play(frames);
    const artifact = { name: "dist/index.js", stage: "transpilation", media_type: "text/javascript", size: 1, sha256: "a", url: "/x" };
    const fetched = detail({
      status: "building", started_at: at(200), queue: null, last_event_id: 7, artifacts: [artifact], log: { lines: 4, bytes: 40, capped: false, complete: false },
      stages: [stage("transpilation", { status: "successful", started_at: at(200), completed_at: at(700), duration_ms: 500, log_lines: 4 }), stage("circuit_json_build")],
    });
    const next = reconcileBuild({ live, fetched });
    expect(next.build.artifacts).toEqual([artifact]);
    expect(next.build.stages[1]).toMatchObject({ status: "building", started_at: at(800), log_lines: 2 });
    expect(next.build.log.lines).toBe(6);
    expect(next.lastEventId).toBe(10);
    expect(applyFrame({ live: next, frame: frames[4] ?? completed(1) }).lines).toBeNull();
  });

  it("passes over events that a newer answer knows, but takes their lines", () => {
    const { live } = play(frames.slice(0, 2));
    const fetched = detail({ last_event_id: 9, status: "building", stages: [stage("transpilation", { status: "successful", log_lines: 4 }), stage("circuit_json_build", { status: "building", log_lines: 1 })] });
    const next = reconcileBuild({ live, fetched });
    const after = play(frames, next);
    expect(after.given).toEqual(["line 1", "line 2"]);
    expect(after.live.build.stages.map((each) => each.status)).toEqual(["successful", "building"]);
    expect(after.live.build.stages[1]?.log_lines).toBe(2);
    expect(after.ends).toBe(0);
  });

  it("ignores an answer that is older than the one it has", () => {
    const live = startLiveBuild({ build: detail({ last_event_id: 20, status: "successful" }) });
    expect(reconcileBuild({ live, fetched: detail({ last_event_id: 19, status: "building" }) })).toBe(live);
  });

  it("starts over for another build", () => {
    const { live } = play(frames);
    expect(reconcileBuild({ live, fetched: detail({ build_id: "build_2", last_event_id: 1 }) })).toMatchObject({ lastEventId: 1, recent: [] });
  });

  it("does not pile up the text of a long log", () => {
    const many = Array.from({ length: 500 }, (_, index) => lines(2 + index * 10, 1 + index * 10, 10));
    expect(play(many).live.recent).toHaveLength(1);
  });
});
