/** Schemas that many operations share, by their names in the document. */
import { z } from "zod";
import * as builds from "../../api/schemas/builds";
import { labels } from "../../api/schemas/names";
import { workspaceView } from "../../api/schemas/package-requests";
import * as packages from "../../api/schemas/packages";

export const SHARED_SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  PackageKind: builds.packageKind,
  BuildStatus: builds.buildStatus,
  StageStatus: builds.stageStatus,
  BuildTrigger: builds.buildTrigger,
  RebuildMode: builds.rebuildMode,
  Person: builds.person,
  SourceLocation: builds.sourceLocation,
  StageFinding: builds.stageFinding,
  StageReport: builds.stageReport,
  StageError: builds.stageError,
  StageDot: builds.stageDot,
  StageView: builds.stageView,
  BuildSummary: builds.buildSummary,
  ArtifactView: builds.artifactView,
  LogLine: builds.logLine,
  DeploymentView: builds.deploymentView,
  BuildEvent: builds.buildEvent,
  ReleaseStageView: packages.releaseStageView,
  ReleaseView: packages.releaseView,
  ReleaseFile: packages.releaseFile,
  PackageView: packages.packageView,
  FileInput: packages.fileInput,
  WorkspaceView: workspaceView,
  Labels: labels,
};

/** What every success adds to the resource's own fields. */
export const ENVELOPE = { success: z.literal(true), timestamp: z.iso.datetime(), duration: z.number().min(0), request_id: z.string() };
