"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { Card, CardHeader, CardTitle } from "~/components/ui/card";
import { ErrorState } from "~/components/ui/error-state";
import { Skeleton } from "~/components/ui/skeleton";
import { formatDuration } from "~/components/time/format-duration";
import { useTRPC } from "~/trpc/client";
import { describeError } from "~/trpc/describe-error";
import { dashboardInputs } from "./inputs";

// The chart's library is large and not needed for the first paint.
const ActivityChart = dynamic(() => import("./activity-chart").then((module) => module.ActivityChart), {
  ssr: false,
  loading: () => <Skeleton className="h-44 w-full" />,
});

export function ActivityCard({ workspace }: { workspace: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.builds.activity.queryOptions(dashboardInputs({ workspace }).activity));
  const days = query.data?.days ?? [];
  const total = days.reduce((sum, day) => sum + day.successful + day.failed + day.cancelled, 0);
  const successful = days.reduce((sum, day) => sum + day.successful, 0);
  return (
    <Card aria-labelledby="activity">
      <CardHeader>
        <CardTitle id="activity">Last 14 days</CardTitle>
        {total === 0 ? null : (
          <span className="text-xs text-muted tabular-nums">
            {total} {total === 1 ? "build" : "builds"}, {Math.round((successful / total) * 100)} % successful
          </span>
        )}
      </CardHeader>
      <div className="px-4 py-3">
        {query.isPending ? <Skeleton className="h-50.5 w-full" /> : null}
        {query.isError ? <ErrorState className="py-6" title="The chart could not be loaded" message={describeError(query.error).message} onRetry={() => void query.refetch()} retrying={query.isRefetching} /> : null}
        {query.data === undefined ? null : (
          <>
            <div className="relative" aria-hidden>
              <ActivityChart days={days} />
              {total === 0 ? <p className="absolute inset-0 flex items-center justify-center text-sm text-muted">No finished builds in these days</p> : null}
            </div>
            <Legend />
            {/* A table takes the width of its text, however small it is told to be: so the box around it is what is hidden. */}
            <div className="sr-only"><table>
              <caption>Builds by outcome and median duration, per day</caption>
              <thead><tr><th scope="col">Day</th><th scope="col">Successful</th><th scope="col">Failed</th><th scope="col">Cancelled</th><th scope="col">Median duration</th></tr></thead>
              <tbody>
                {days.map((day) => (
                  <tr key={day.date}>
                    <th scope="row">{day.date}</th><td>{day.successful}</td><td>{day.failed}</td><td>{day.cancelled}</td>
                    <td>{day.median_duration_ms === null ? "none" : formatDuration(day.median_duration_ms)}</td>
                  </tr>
                ))}
              </tbody>
            </table></div>
          </>
        )}
      </div>
    </Card>
  );
}

const LEGEND = [
  { label: "Successful", className: "bg-successful" },
  { label: "Failed", className: "bg-failed" },
  { label: "Cancelled", className: "bg-cancelled/60" },
];

function Legend() {
  return (
    <ul aria-hidden className="flex flex-wrap gap-x-3.5 gap-y-1 pt-1.5 text-xs text-muted">
      {LEGEND.map((entry) => (
        <li key={entry.label} className="flex items-center gap-1.5"><span className={`size-2 rounded-[2px] ${entry.className}`} />{entry.label}</li>
      ))}
      <li className="flex items-center gap-1.5"><span className="h-0.5 w-3 rounded-full bg-foreground/70" />Median duration</li>
    </ul>
  );
}
