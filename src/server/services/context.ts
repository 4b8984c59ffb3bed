/** What every service gets: the parts of the platform, never globals, so that a test can hand in its own. */
import type { Chains } from "~/chains";
import type { NewBuild } from "~/domain/new-build";
import type { PipelineRegistry } from "~/pipelines/define";
import type { Database, Tx } from "../db/client";
import type { Bus } from "../realtime/bus";
import type { BlobStore } from "../storage/blob-store";

export interface Logger {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** What this installation allows and keeps, from its configuration. */
export interface PlatformLimits {
  /** Builds that may wait at once. */
  maxQueue: number;
  /** Age in days at which a build's log and artifacts go; 0: never. */
  retentionDays: number;
  /** How long an unused blob stays after it was last stored or used. */
  blobGraceHours: number;
}

export const DEFAULT_LIMITS: PlatformLimits = { maxQueue: 10_000, retentionDays: 30, blobGraceHours: 24 };

/** Where a secret belongs: it does not open anywhere else. */
export interface SecretPlace {
  workspaceId: string;
  name: string;
}

/** Seals secrets at rest; see `secrets/secret-box.ts`. */
export interface SecretBox {
  seal(options: SecretPlace & { value: string }): Uint8Array<ArrayBuffer>;
  /** Throws `AppError` (`not_available`) when it was sealed under another key, for another place, or was changed. */
  open(options: SecretPlace & { ciphertext: Uint8Array }): string;
}

/** A git server that a release may be fetched from, besides every public one by HTTPS. */
export interface AllowedGitHost {
  protocol: "https:" | "http:";
  /** As a URL has it: lower case, an IPv6 address in brackets. */
  hostname: string;
  port: number;
}

export interface GitSettings {
  /** May lie in a private network, on another port, or speak plain HTTP: the operator vouches for them. */
  allowedHosts: readonly AllowedGitHost[];
  /** PEM file of certificate authorities, in place of the system's. */
  caFile: string | undefined;
}

export const DEFAULT_GIT_SETTINGS: GitSettings = { allowedHosts: [], caFile: undefined };

export interface ServiceContext {
  database: Database;
  blobs: BlobStore;
  bus: Bus;
  pipelines: PipelineRegistry;
  chains: Chains;
  secretBox: SecretBox;
  logger: Logger;
  limits: PlatformLimits;
  git: GitSettings;
  /** Hands waiting outbox events to the workflow engine; returns at once, errors are retried by the worker's sweep. */
  kickOutbox(): void;
  /** Told of a new build within the transaction that makes it: what it throws undoes the build, what it writes stands or falls with it. */
  onBuildCreated?(options: { tx: Tx; build: NewBuild }): Promise<void>;
}
