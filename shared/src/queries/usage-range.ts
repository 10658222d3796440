import { longestUsageDays, type UsageExportQuery } from '../contracts/http/usage.ts';
import { AppError } from '../errors.ts';

const dayMilliseconds = 86_400_000;
const earliest = '2000-01-01';

/** First and last day asked for; this month to today by default. Throws `invalid_request` for a range that makes no sense. */
export function usageRange({ from, to }: UsageExportQuery, now = new Date()) {
  const today = now.toISOString().slice(0, 10);
  const last = to ?? today;
  const first = from ?? `${last.slice(0, 7)}-01`;
  // The database knows no year 0, and nothing is older than the system.
  if (last < earliest) throw refused('to', `Must not be before ${earliest}`);
  const days = (Date.parse(last) - Date.parse(first)) / dayMilliseconds + 1;
  if (days < 1) throw refused('from', 'Must not be after the last day');
  if (days > longestUsageDays) throw refused('from', `At most ${longestUsageDays} days at once`);
  return { from: first, to: last };
}

function refused(field: string, message: string): AppError {
  return new AppError('invalid_request', `${field}: ${message}.`, { fields: [{ field, message }] });
}
