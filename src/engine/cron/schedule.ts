import { EngineError } from "../errors";

/** A parsed cron expression: which values each field allows, and the time zone it is read in. */
export interface CronSchedule {
  seconds: Set<number>;
  minutes: Set<number>;
  hours: Set<number>;
  days: Set<number>;
  months: Set<number>;
  weekdays: Set<number>;
  /** Cron's old rule: when both day fields are restricted, either may match. */
  eitherDay: boolean;
  timeZone: string;
}

const ALIASES: Record<string, string> = {
  "@yearly": "0 0 1 1 *",
  "@annually": "0 0 1 1 *",
  "@monthly": "0 0 1 * *",
  "@weekly": "0 0 * * 0",
  "@daily": "0 0 * * *",
  "@midnight": "0 0 * * *",
  "@hourly": "0 * * * *",
};
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/** Four years and a day reach every 29 February. */
const HORIZON_DAYS = 1_462;
const DAY_MS = 86_400_000;

function parseField(options: { text: string; min: number; max: number; names?: string[]; where: string }): Set<number> {
  const { text, min, max, names = [], where } = options;
  const values = new Set<number>();
  const read = (part: string): number => {
    const named = names.indexOf(part.toLowerCase());
    const value = named >= 0 ? named + (min === 1 ? 1 : 0) : /^\d+$/.test(part) ? Number(part) : Number.NaN;
    if (!(value >= min && value <= max)) {
      throw new EngineError(`${where}: "${part}" in the cron field "${text}" is not between ${min} and ${max}`);
    }
    return value;
  };
  for (const item of text.split(",")) {
    const [range = "", stepText] = item.split("/");
    const step = stepText === undefined ? 1 : Number(stepText);
    if (!Number.isInteger(step) || step < 1) throw new EngineError(`${where}: "${item}" has no valid step`);
    const [fromText = "", toText] = range === "*" || range === "?" ? [String(min), String(max)] : range.split("-");
    const from = read(fromText);
    const to = toText === undefined ? (stepText === undefined ? from : max) : read(toText);
    if (to < from) throw new EngineError(`${where}: the range "${range}" runs backwards`);
    for (let value = from; value <= to; value += step) values.add(value);
  }
  return values;
}

/**
 * Parses five cron fields, or six with leading seconds, the `@daily` family, and an optional `TZ=Area/City` prefix.
 * @throws EngineError naming the field that is wrong.
 */
export function parseCron({ expression, where }: { expression: string; where: string }): CronSchedule {
  const zone = /^(?:CRON_)?TZ=(\S+)\s+(.*)$/.exec(expression.trim());
  const timeZone = zone?.[1] ?? "UTC";
  try {
    new Intl.DateTimeFormat("en", { timeZone });
  } catch {
    throw new EngineError(`${where}: the cron time zone "${timeZone}" is not known; use a name like "Europe/Paris"`);
  }
  const body = (zone?.[2] ?? expression).trim();
  const fields = (ALIASES[body] ?? body).split(/\s+/);
  if (fields.length === 5) fields.unshift("0");
  const [seconds = "", minutes = "", hours = "", days = "", months = "", weekdays = ""] = fields;
  if (fields.length !== 6) throw new EngineError(`${where}: the cron expression "${expression}" should have 5 fields`);
  const week = parseField({ text: weekdays, min: 0, max: 7, names: WEEKDAYS, where });
  if (week.has(7)) week.add(0);
  return {
    seconds: parseField({ text: seconds, min: 0, max: 59, where }),
    minutes: parseField({ text: minutes, min: 0, max: 59, where }),
    hours: parseField({ text: hours, min: 0, max: 23, where }),
    days: parseField({ text: days, min: 1, max: 31, where }),
    months: parseField({ text: months, min: 1, max: 12, names: MONTHS, where }),
    weekdays: week,
    eitherDay: !/^[*?]/.test(days) && !/^[*?]/.test(weekdays),
    timeZone,
  };
}

interface WallClock {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function readWallClock({ timeMs, timeZone }: { timeMs: number; timeZone: string }): WallClock {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    formats.set(timeZone, format);
  }
  const parts = new Map(format.formatToParts(timeMs).map((part) => [part.type, Number(part.value)]));
  const read = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  return {
    year: read("year"),
    month: read("month"),
    day: read("day"),
    hour: read("hour"),
    minute: read("minute"),
    second: read("second"),
  };
}

/** The moment at which the zone's wall clock shows this; undefined in the hour that spring forward leaves out. */
function findMoment({ wall, timeZone }: { wall: WallClock; timeZone: string }): number | undefined {
  const asUtc = Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second);
  for (const guess of [asUtc, asUtc - DAY_MS, asUtc + DAY_MS]) {
    const seen = readWallClock({ timeMs: guess, timeZone });
    const offset = Date.UTC(seen.year, seen.month - 1, seen.day, seen.hour, seen.minute, seen.second) - guess;
    const moment = asUtc - offset;
    const check = readWallClock({ timeMs: moment, timeZone });
    if (check.hour === wall.hour && check.minute === wall.minute && check.day === wall.day) return moment;
  }
  return undefined;
}

function allowsDay({ schedule, year, month, day }: { schedule: CronSchedule; year: number; month: number; day: number }) {
  if (!schedule.months.has(month)) return false;
  const inMonth = schedule.days.has(day);
  const inWeek = schedule.weekdays.has(new Date(Date.UTC(year, month - 1, day)).getUTCDay());
  return schedule.eitherDay ? inMonth || inWeek : inMonth && inWeek;
}

const sorted = (values: Set<number>): number[] => [...values].sort((left, right) => left - right);

/**
 * The first tick strictly after `afterMs` (milliseconds since 1970), in the schedule's own time zone.
 * @throws EngineError when no tick comes within four years (31 February).
 */
export function findNextTick({ schedule, afterMs }: { schedule: CronSchedule; afterMs: number }): number {
  const { timeZone } = schedule;
  const start = readWallClock({ timeMs: afterMs, timeZone });
  for (let ahead = 0; ahead <= HORIZON_DAYS; ahead++) {
    const date = new Date(Date.UTC(start.year, start.month - 1, start.day + ahead));
    const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
    if (!allowsDay({ schedule, year, month, day })) continue;
    for (const hour of sorted(schedule.hours)) {
      if (ahead === 0 && hour < start.hour) continue;
      for (const minute of sorted(schedule.minutes)) {
        if (ahead === 0 && hour === start.hour && minute < start.minute) continue;
        for (const second of sorted(schedule.seconds)) {
          const moment = findMoment({ wall: { year, month, day, hour, minute, second }, timeZone });
          if (moment !== undefined && moment > afterMs) return moment;
        }
      }
    }
  }
  throw new EngineError("a cron schedule has no tick within four years; check its day and month fields");
}
