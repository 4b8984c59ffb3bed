/** How long a build will probably take, from the past alone. */
import type { ServiceContext } from "../context";

const SAMPLE = 20;

/**
 * Milliseconds: the median of the package's last 20 successful builds, else of its kind in the workspace, else null.
 */
export async function estimateDuration(options: {
  context: Pick<ServiceContext, "database">;
  packageId: string;
  workspaceId: string;
  kind: string;
}): Promise<number | null> {
  const { pool } = options.context.database;
  const result = await pool.query<{ own: number | null; alike: number | null }>({
    name: "estimate-duration",
    text: `
      SELECT
        (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY duration_ms) FROM (
          SELECT duration_ms FROM build WHERE package_id = $1 AND status = 'successful' AND duration_ms IS NOT NULL ORDER BY id DESC LIMIT ${SAMPLE}
        ) own)::float8 AS own,
        (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY duration_ms) FROM (
          SELECT duration_ms FROM build WHERE workspace_id = $2 AND kind::text = $3 AND status = 'successful' AND duration_ms IS NOT NULL ORDER BY id DESC LIMIT ${SAMPLE}
        ) alike)::float8 AS alike`,
    values: [options.packageId, options.workspaceId, options.kind],
  });
  const estimate = result.rows[0]?.own ?? result.rows[0]?.alike ?? null;
  return estimate === null ? null : Math.round(estimate);
}
