"use client";

import { Bar, CartesianGrid, ComposedChart, Line, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import type { Activity } from "~/server/api/schemas/build-requests";
import { formatDuration } from "~/components/time/format-duration";

type Day = Activity["days"][number];

const DAY = new Intl.DateTimeFormat("en", { day: "numeric", month: "short", timeZone: "UTC" });

function formatDay(date: string): string {
  return DAY.format(new Date(`${date}T00:00:00Z`));
}

/** From today back. */
const TICK_DAYS = 4;
const TICK = { fontSize: 11, fill: "var(--muted)" };

/** Builds by outcome, stacked, and the median duration as a line. Drawn for the eye; the card has a table beside it. */
export function ActivityChart({ days }: { days: readonly Day[] }) {
  return (
    <ResponsiveContainer width="100%" height={176}>
      <ComposedChart data={[...days]} margin={{ top: 6, right: 0, bottom: 0, left: 0 }} accessibilityLayer={false} barCategoryGap="22%">
        <CartesianGrid vertical={false} stroke="var(--border)" />
        <XAxis dataKey="date" tickFormatter={formatDay} tick={TICK} tickLine={false} axisLine={false} ticks={days.filter((_, index) => (days.length - 1 - index) % TICK_DAYS === 0).map((day) => day.date)} interval={0} />
        <YAxis yAxisId="builds" allowDecimals={false} tick={TICK} tickLine={false} axisLine={false} width={26} />
        <YAxis yAxisId="duration" orientation="right" tickFormatter={(ms: number) => (ms === 0 ? "0" : formatDuration(ms))} tick={TICK} tickLine={false} axisLine={false} width={48} tickCount={4} />
        <Tooltip isAnimationActive={false} cursor={{ fill: "var(--surface-hover)" }} content={({ active, payload }) => (active ? <DayTooltip day={payload[0]?.payload} /> : null)} />
        <Bar yAxisId="builds" dataKey="successful" stackId="outcome" fill="var(--successful)" isAnimationActive={false} />
        <Bar yAxisId="builds" dataKey="failed" stackId="outcome" fill="var(--failed)" isAnimationActive={false} />
        <Bar yAxisId="builds" dataKey="cancelled" stackId="outcome" fill="var(--cancelled)" fillOpacity={0.6} isAnimationActive={false} />
        <Line yAxisId="duration" dataKey="median_duration_ms" stroke="var(--foreground)" strokeOpacity={0.7} strokeWidth={1.5} connectNulls dot={{ r: 2, fill: "var(--foreground)", strokeWidth: 0 }} isAnimationActive={false} />
      </ComposedChart>
    </ResponsiveContainer>
  );
}

function DayTooltip({ day }: { day: Day | undefined }) {
  if (day === undefined) return null;
  return (
    <div className="rounded-md border bg-surface-raised px-2.5 py-1.5 text-xs tabular-nums shadow-raised">
      <p className="font-medium">{formatDay(day.date)}</p>
      <p className="text-successful">{day.successful} successful</p>
      <p className="text-failed">{day.failed} failed</p>
      <p className="text-muted">{day.cancelled} cancelled</p>
      {day.median_duration_ms === null ? null : <p className="text-muted">median {formatDuration(day.median_duration_ms)}</p>}
    </div>
  );
}
