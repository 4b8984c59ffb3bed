/** Files: what a build put out, and what a release was made from. */
import { z } from "zod";
import { downloadArtifact } from "../download-artifact";
import { downloadArtifacts, downloadReleaseFiles } from "../download-zip";
import { downloadAudit } from "../download-audit";
import { downloadCode } from "../download-code";
import { countedRead } from "./counted";
import type { HandWrittenRoute } from "./route";

const access = "public" as const;
const limit = "reads" as const;
const tag = "Builds" as const;
/** How the bytes of one begin. */
const ZIP = { example: "PK…" };
const SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 14 10"><path d="M1 5h12"/></svg>';

export const downloadRoutes: readonly HandWrittenRoute[] = [
  {
    method: "GET",
    path: "/api/v1/builds/{build_id}/artifacts.zip",
    handler: countedRead(downloadArtifacts),
    document: {
      operationId: "download_artifacts",
      tag,
      summary: "Every artifact in one zip",
      description: "Made while it is sent. 404 while the build has made nothing yet.",
      access,
      limit,
      answers: [{ status: 200, description: "The zip.", content: { "application/zip": ZIP }, headers: ["Content-Disposition"] }],
    },
  },
  {
    method: "GET",
    path: "/api/v1/builds/{build_id}/artifacts/{name...}",
    handler: countedRead(downloadArtifact),
    document: {
      operationId: "download_artifact",
      tag,
      summary: "One artifact, or a part of it",
      description:
        "The `ETag` is the content's SHA-256, so `If-None-Match` answers 304 for what you have already, and `Range` (with `If-Range`) goes on with a download that broke off. " +
        "Slashes of the name are part of the path. Artifacts are made by users' code: they are answered with a policy that takes every right away from them.",
      access,
      limit,
      errors: ["range_not_satisfiable"],
      parameters: [
        { name: "download", in: "query", description: "Save it, whatever its type, where a browser would show it.", schema: z.string().optional(), example: "1" },
        { name: "Range", in: "header", description: "One range of bytes.", schema: z.string().optional(), example: "bytes=0-1023" },
        { name: "If-None-Match", in: "header", description: "ETags of what you have.", schema: z.string().optional(), example: '"2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"' },
      ],
      answers: [
        { status: 200, description: "The whole artifact, under its own media type.", content: { "*/*": { example: SVG } }, headers: ["ETag", "Accept-Ranges", "Content-Disposition"] },
        { status: 206, description: "The part that was asked for.", content: { "*/*": { example: SVG.slice(0, 20) } }, headers: ["ETag", "Accept-Ranges", "Content-Range"] },
        { status: 304, description: "You have it already.", headers: ["ETag"] },
      ],
    },
  },
  {
    method: "GET",
    path: "/api/v1/builds/{build_id}/code",
    handler: countedRead(downloadCode),
    document: {
      operationId: "download_code",
      tag,
      summary: "The generated or transpiled source",
      description:
        "As an attachment: one file under the build's id (`{build_id}.sol` for a contract), or a zip where there are several (the transpiled modules of a circuit). " +
        "404 `code_not_available` for a build that made none.",
      access,
      limit,
      errors: ["code_not_available"],
      answers: [{ status: 200, description: "The source.", content: { "text/plain": { example: "// SPDX-License-Identifier: MIT\npragma solidity ^0.8.28;\n\ncontract Token {}\n" }, "text/javascript": { example: "export default () => null;\n" }, "application/zip": ZIP }, headers: ["Content-Disposition"] }],
    },
  },
  {
    method: "GET",
    path: "/api/v1/builds/{build_id}/audit",
    handler: countedRead(downloadAudit),
    document: {
      operationId: "get_audit",
      tag,
      summary: "The security audit's report",
      description: "What the build's audit found, in the auditor's own fields. 404 `audit_not_available` for a build that was not audited.",
      access,
      limit,
      errors: ["audit_not_available"],
      answers: [
        {
          status: 200,
          description: "The report, with what every answer has.",
          content: {
            "application/json": {
              schema: z.looseObject({ success: z.literal(true), build_id: z.string(), timestamp: z.iso.datetime(), duration: z.number(), request_id: z.string() }),
              example: {
                success: true,
                build_id: "build_01KB2Q4W8M3V6T0N5R9XJ7YHCE",
                findings: [{ severity: "low", title: "A floating pragma", file: "Token.sol", line: 2 }],
                timestamp: "2026-11-21T09:30:00.000Z",
                duration: 0.004,
                request_id: "req_01KB2Q7A1B2C3D4E5F6G7H8J9K",
              },
            },
          },
        },
      ],
    },
  },
  {
    method: "GET",
    path: "/api/v1/releases/{release_id}/files.zip",
    handler: countedRead(downloadReleaseFiles),
    document: {
      operationId: "download_release_files",
      tag: "Releases",
      summary: "Every file of a release in one zip",
      description: "As they are now, with the release's changes.",
      access,
      limit,
      answers: [{ status: 200, description: "The zip.", content: { "application/zip": ZIP }, headers: ["Content-Disposition"] }],
    },
  },
];
