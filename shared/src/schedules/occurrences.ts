import { type CronExpression, parseCron } from './cron.ts';
import { offsetAt, offsetChangeIn } from './time-zone.ts';

export type Rhythm = { cron: string; timeZone: string };

// Clocks are never moved further than this at once.
const largestChangeMilliseconds = 26 * 3_600_000;
const minuteMilliseconds = 60_000;

/**
 * The first occurrence after an instant; null when there is none. When clocks change, a rhythm at fixed hours fires
 * once: a time that does not exist fires at the moment after the gap, a time that comes twice fires the first time.
 * A rhythm of every hour follows real time instead: it neither waits in the repeated hour nor makes up for the gap.
 */
export function nextOccurrence(rhythm: Rhythm, after: Date): Date | null {
  const cron = parseCron(rhythm.cron);
  const next = cron.everyHour
    ? nextInRealTime(cron, rhythm.timeZone, after.getTime())
    : nextByWallClock(cron, rhythm.timeZone, after.getTime());
  return next === null ? null : new Date(next);
}

/** The first `count` occurrences after an instant. */
export function nextOccurrences(rhythm: Rhythm, after: Date, count: number): Date[] {
  const found: Date[] = [];
  for (let last: Date | null = after; found.length < count; found.push(last)) {
    last = nextOccurrence(rhythm, last);
    if (!last) break;
  }
  return found;
}

/** The last occurrence in `[due, now]`, where `due` is one itself. Halves the span: downtime may hide thousands. */
export function latestOccurrence(rhythm: Rhythm, due: Date, now: Date): Date {
  const nextAfter = (instant: number) => nextOccurrence(rhythm, new Date(instant));
  const hasOneAfter = (instant: number) => (nextAfter(instant) ?? later) <= now;
  const later = new Date(now.getTime() + 1);
  if (!hasOneAfter(due.getTime())) return due;
  // After `before` there is one more by now, after `beyond` none: closer than a minute, only one is between.
  let [before, beyond] = [due.getTime(), now.getTime()];
  while (beyond - before >= minuteMilliseconds) {
    const middle = Math.floor((before + beyond) / 2);
    if (hasOneAfter(middle)) before = middle;
    else beyond = middle;
  }
  return nextAfter(before) ?? due;
}

function nextInRealTime(cron: CronExpression, zone: string, after: number): number | null {
  let offset = offsetAt(zone, after);
  let [instant, wall] = [after, after + offset];
  for (;;) {
    const match = cron.nextWallTime(wall);
    if (match === null) return null;
    const candidate = match - offset;
    if (offsetAt(zone, candidate) === offset) return candidate;
    // The clocks change before it is reached: go on from the change by the new wall clock.
    instant = offsetChangeIn(zone, instant, candidate);
    offset = offsetAt(zone, instant);
    wall = instant + offset - 1;
  }
}

function nextByWallClock(cron: CronExpression, zone: string, after: number): number | null {
  let wall: number | null = after + offsetAt(zone, after);
  for (;;) {
    wall = cron.nextWallTime(wall);
    if (wall === null) return null;
    const instant = firstInstantOf(zone, wall);
    if (instant > after) return instant;
  }
}

/** When a zone's wall clock first shows this time; the end of the gap when it never does. */
function firstInstantOf(zone: string, wall: number): number {
  const [earliest, latest] = [wall - largestChangeMilliseconds, wall + largestChangeMilliseconds];
  const candidates = [earliest, latest]
    .map((instant) => wall - offsetAt(zone, instant))
    .filter((instant) => instant + offsetAt(zone, instant) === wall);
  return candidates.length > 0 ? Math.min(...candidates) : offsetChangeIn(zone, earliest, latest);
}
