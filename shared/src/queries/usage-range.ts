import { longestUsageDays, type UsageExportQuery } from '../contracts/http/usage.ts';
import { AppError } from '../errors.ts';

const dayMilliseconds = 86_400_000;

/** First and last day asked for; this month to today by default. Throws `invalid_request` for a range that makes no sense. */
export function usageRange({ from, to }: UsageExportQuery, now = new Date()) {
  const today = now.toISOString().slice(0, 10);
  const last = to ?? today;
  const first = from ?? `${last.slice(0, 7)}-01`;
  const days = (Date.parse(last) - Date.parse(first)) / dayMilliseconds + 1;
  if (days < 1) throw refused('from', 'Must not be after the last day');
  if (days > longestUsageDays) throw refused('from', `At most ${longestUsageDays} days at once`);
  return { from: first, to: last };
}

function refused(field: string, message: string): AppError {
  return new AppError('invalid_request', `${field}: ${message}.`, { fields: [{ field, message }] });
}
