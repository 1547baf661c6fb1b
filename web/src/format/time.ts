/** Times in the reader's own zone; the exact UTC value is always one hover away. */
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const shortClock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const dayMonth = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
/** The server's days are UTC days; in the reader's zone their starts could fall on the day before. */
const utcDay = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
const dayMs = 86_400_000;
const fullDay = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });

export function clockTime(date: Date): string {
  return clock.format(date);
}

/** "14:03:22" today, "21 Nov 14:03" before. */
export function listTime(iso: string, now: Date): string {
  const date = new Date(iso);
  if (date.toDateString() === now.toDateString()) return clock.format(date);
  return `${dayMonth.format(date)} ${shortClock.format(date)}`;
}

/** "21 Nov 2026, 14:03:22". */
export function fullTime(iso: string): string {
  const date = new Date(iso);
  return `${fullDay.format(date)}, ${clock.format(date)}`;
}

export function dayOf(iso: string): string {
  return fullDay.format(new Date(iso));
}

/** An axis label or tooltip for a bucket of this many milliseconds. */
export function bucketTime(date: Date, stepMs: number): string {
  if (stepMs >= dayMs) return utcDay.format(date);
  const midnight = date.getHours() === 0 && date.getMinutes() === 0;
  return midnight ? dayMonth.format(date) : shortClock.format(date);
}

export function bucketTitle(date: Date, stepMs: number): string {
  if (stepMs >= dayMs) return `${utcDay.format(date)} (UTC)`;
  return `${dayMonth.format(date)}, ${shortClock.format(date)}`;
}

/** "12:03 – 12:20" on one day, with days otherwise. */
export function rangeText(from: number, to: number): string {
  const a = new Date(from);
  const b = new Date(to);
  if (a.toDateString() === b.toDateString()) {
    return `${dayMonth.format(a)}, ${shortClock.format(a)} – ${shortClock.format(b)}`;
  }
  return `${dayMonth.format(a)} ${shortClock.format(a)} – ${dayMonth.format(b)} ${shortClock.format(b)}`;
}
