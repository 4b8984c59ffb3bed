/** The fields of `summarySelect` as one JSON object out of plain SQL, but for the stages. */

/** Over the tables of `SUMMARY_FROM`. */
export const SUMMARY_SQL = `
  json_build_object(
      'id', b.id, 'number', b.number, 'kind', b.kind, 'releaseId', b.release_id, 'packageId', b.package_id, 'workspaceId', b.workspace_id, 'trigger', b.trigger, 'mode', b.mode,
      'status', b.status, 'cancelRequestedAt', b.cancel_requested_at, 'cancelledInMs', b.cancelled_in_ms, 'errorStage', b.error_stage, 'errorCode', b.error_code,
      'errorMessage', b.error_message, 'labels', b.labels, 'insecure', b.insecure, 'createdAt', b.created_at, 'startedAt', b.started_at, 'completedAt', b.completed_at,
      'durationMs', b.duration_ms,
      'package', json_build_object('name', p.name, 'workspace', json_build_object('slug', w.slug)),
      'release', json_build_object('version', r.version, 'commitSha', r.commit_sha, 'ref', r.ref),
      'requestedBy', CASE WHEN u.id IS NOT NULL THEN json_build_object('handle', u.handle, 'name', u.name, 'image', u.image) END
    )`;

export const SUMMARY_FROM = `
  FROM build b
  JOIN package p ON p.id = b.package_id
  JOIN workspace w ON w.id = b.workspace_id
  JOIN release r ON r.id = b.release_id
  LEFT JOIN "user" u ON u.id = b.requested_by_id`;

/** A build's stages as a summary shows them; null without any. */
export const STAGE_DOTS_SQL = `
  (SELECT json_agg(json_build_object('key', s.key, 'title', s.title, 'status', s.status, 'cached', s.cached) ORDER BY s.position) FROM build_stage s WHERE s.build_id = b.id)`;
