/**
 * The embedded Inngest server: speaks the public Inngest SDK protocol to unchanged Inngest functions in this process and
 * keeps its state (events, runs, steps, waits, and the queue with its leases) in the Postgres schema `engine`. It imports
 * nothing of the app. What it supports, and what it refuses at registration, stands in docs/engine.md.
 */
export { createEngine, type Engine } from "./engine";
export { createEngineFetch } from "./engine-fetch";
export { EngineError } from "./errors";
export { ingestEvents, type IncomingEvent } from "./systems/ingest";
export type { EngineStats } from "./systems/read-stats";
export type { EngineEvent, EngineLogger, EngineOptions, SqlRunner } from "./types";
