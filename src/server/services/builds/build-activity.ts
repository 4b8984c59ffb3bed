/** Builds by day and outcome, for the chart. */
import type { Actor } from "~/domain/actor";
import type { Activity } from "../../api/schemas/build-requests";
import type { ServiceContext } from "../context";
import { listVisibleWorkspaceIds } from "../workspaces/find-workspace";

const DAYS = 14;

interface DayRow {
  date: string;
  successful: number;
  failed: number;
  cancelled: number;
  median_duration_ms: number | null;
}

/** The last 14 days in UTC, oldest first, of one workspace or of all the caller belongs to. Throws `not_found` for the workspace. */
export async function getBuildActivity(options: { context: ServiceContext; actor: Actor; workspace?: string }): Promise<Activity> {
  const workspaceIds = await listVisibleWorkspaceIds(options);
  const result = await options.context.database.pool.query<DayRow>({
    name: "build-activity",
    text: `
      SELECT to_char(day, 'YYYY-MM-DD') AS date,
        count(*) FILTER (WHERE b.status = 'successful')::int AS successful,
        count(*) FILTER (WHERE b.status = 'failed')::int AS failed,
        count(*) FILTER (WHERE b.status = 'cancelled')::int AS cancelled,
        round((percentile_cont(0.5) WITHIN GROUP (ORDER BY b.duration_ms) FILTER (WHERE b.status = 'successful'))::numeric)::float8 AS median_duration_ms
      FROM generate_series(date_trunc('day', now() AT TIME ZONE 'UTC') - interval '${DAYS - 1} days', date_trunc('day', now() AT TIME ZONE 'UTC'), interval '1 day') AS day
      LEFT JOIN build b ON b.workspace_id = ANY($1) AND b.created_at >= day AT TIME ZONE 'UTC' AND b.created_at < (day + interval '1 day') AT TIME ZONE 'UTC'
      GROUP BY day ORDER BY day`,
    values: [workspaceIds],
  });
  return { days: result.rows };
}
