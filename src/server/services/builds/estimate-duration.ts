/** How long a build will probably take, from the past alone. */
import type { ServiceContext } from "../context";

const SAMPLE = 20;

/** How many of the newest builds are looked through for some of a kind: there may be millions. */
const LOOKED_THROUGH = 2_000;

/**
 * Milliseconds: the median of the last 20 successful builds of the package, else of its kind in the workspace, else of its
 * kind among the newest of this installation; else null.
 */
export async function estimateDuration(options: {
  context: Pick<ServiceContext, "database">;
  packageId: string;
  workspaceId: string;
  kind: string;
}): Promise<number | null> {
  const { pool } = options.context.database;
  // COALESCE looks no further than it has to.
  const result = await pool.query<{ estimate: number | null }>({
    name: "estimate-duration",
    text: `
      SELECT COALESCE(
        ${medianOf(`SELECT duration_ms FROM build WHERE package_id = $1 AND status = 'successful' AND duration_ms IS NOT NULL ORDER BY id DESC LIMIT ${SAMPLE}`)},
        ${medianOf(ofKind(`SELECT id, kind, status, duration_ms FROM build WHERE workspace_id = $2 AND status = 'successful' ORDER BY id DESC LIMIT ${LOOKED_THROUGH}`))},
        ${medianOf(ofKind(`SELECT id, kind, status, duration_ms FROM build ORDER BY id DESC LIMIT ${LOOKED_THROUGH}`))}
      )::float8 AS estimate`,
    values: [options.packageId, options.workspaceId, options.kind],
  });
  const estimate = result.rows[0]?.estimate ?? null;
  return estimate === null ? null : Math.round(estimate);
}

function medianOf(durations: string): string {
  return `(SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY duration_ms) FROM (${durations}) sample)`;
}

function ofKind(newest: string): string {
  return `SELECT duration_ms FROM (${newest}) newest WHERE kind::text = $3 AND status = 'successful' AND duration_ms IS NOT NULL ORDER BY id DESC LIMIT ${SAMPLE}`;
}
