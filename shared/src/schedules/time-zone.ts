const knownFormats = new Map<string, Intl.DateTimeFormat>();
const formatsKept = 1_000;

/** Whether the name is a zone of the IANA database, such as `Europe/Berlin`; bare offsets are not zones. */
export function isTimeZone(name: string): boolean {
  if (name.length > 64 || !/^[A-Za-z]/.test(name)) return false;
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
}

/** How far a zone's wall clock is ahead of UTC at an instant, in milliseconds. */
export function offsetAt(zone: string, instant: number): number {
  const parts: Record<string, number> = {};
  for (const { type, value } of formatOf(zone).formatToParts(instant)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  const wall = Date.UTC(year, month - 1, day, hour, minute, second);
  return wall - Math.floor(instant / 1000) * 1000;
}

/** The first instant of `(after, until]` at which the zone's offset is no longer the one of `after`. */
export function offsetChangeIn(zone: string, after: number, until: number): number {
  const before = offsetAt(zone, after);
  let [same, changed] = [after, until];
  while (changed - same > 1) {
    const middle = Math.floor((same + changed) / 2);
    if (offsetAt(zone, middle) === before) same = middle;
    else changed = middle;
  }
  return changed;
}

const dayMilliseconds = 86_400_000;

export type ClockChange = { at: Date; direction: 'forward' | 'back' };

/** When a zone's clocks change next, within a year; null when they don't. */
export function nextClockChange(zone: string, after: Date): ClockChange | null {
  const start = after.getTime();
  for (let day = start; day < start + 366 * dayMilliseconds; day += dayMilliseconds) {
    const [before, later] = [offsetAt(zone, day), offsetAt(zone, day + dayMilliseconds)];
    if (before === later) continue;
    return {
      at: new Date(offsetChangeIn(zone, day, day + dayMilliseconds)),
      direction: later > before ? 'forward' : 'back',
    };
  }
  return null;
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = knownFormats.get(zone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  // Names are matched whatever their case, so there are more spellings than zones.
  if (knownFormats.size >= formatsKept) knownFormats.clear();
  knownFormats.set(zone, format);
  return format;
}
