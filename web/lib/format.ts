const nanoUsdPerUsd = 1_000_000_000;

/** A cost in dollars with as many digits as matter: `$0`, `$0.0123`, `$1.23`. */
export function formatCost(costNanoUsd: number): string {
  const usd = costNanoUsd / nanoUsdPerUsd;
  if (usd === 0) return '$0';
  if (usd < 0.0001) return '<$0.0001';
  return `$${usd.toFixed(usd < 1 ? 4 : 2)}`;
}

/** A count of tokens, short: `812`, `12.3k`, `1.2M`. */
export function formatTokens(tokens: number): string {
  if (tokens < 1_000) return String(tokens);
  if (tokens < 999_950) return `${(tokens / 1_000).toFixed(1)}k`;
  return `${(tokens / 1_000_000).toFixed(1)}M`;
}

/** A span of time, short: `0.4 s`, `12 s`, `3 min 05 s`, `2 h 10 min`. Never negative. */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${String(whole % 60).padStart(2, '0')} s`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

const units: ReadonlyArray<readonly [Intl.RelativeTimeFormatUnit, number]> = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** How long ago (or ahead) a moment is: `just now`, `5 minutes ago`, `in 2 hours`, `yesterday`. */
export function formatRelative(iso: string, nowMilliseconds: number): string {
  const seconds = (Date.parse(iso) - nowMilliseconds) / 1000;
  if (Math.abs(seconds) < 45) return seconds > 5 ? 'in a moment' : 'just now';
  for (const [unit, length] of units) {
    if (Math.abs(seconds) >= length * 0.95)
      return relative.format(Math.round(seconds / length), unit);
  }
  return relative.format(Math.round(seconds / 60), 'minute');
}

/** A moment in full, in the reader's own zone. */
export function formatAbsolute(iso: string): string {
  return new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'long' }).format(
    new Date(iso),
  );
}

/** A moment to the second, short: `14:03:22`, and with its date unless that is the day of `now`. Without a zone in UTC, and says so. */
export function formatMoment(iso: string, timeZone: string | null, now: number): string {
  const zone = { timeZone: timeZone ?? 'UTC' };
  const day = new Intl.DateTimeFormat('en-CA', { ...zone, dateStyle: 'short' });
  const at = new Date(iso);
  const isToday = day.format(at) === day.format(now);
  const format = new Intl.DateTimeFormat('en-GB', {
    ...zone,
    ...(isToday ? {} : ({ day: 'numeric', month: 'short' } as const)),
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  return `${format.format(at)}${timeZone ? '' : ' UTC'}`;
}

/** A moment on a zone's wall clock, with the year unless it is this one: `Mon 29 Mar 2027, 09:00`. */
export function formatInZone(iso: string, timeZone: string): string {
  const at = new Date(iso);
  const thisYear = at.getFullYear() === new Date().getFullYear();
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    ...(thisYear ? {} : { year: 'numeric' }),
  });
  return format.format(at).replace(/^(\w+),/, '$1');
}

/** A size in bytes, short: `300 B`, `12 KB`, `1.4 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1_000)} KB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
