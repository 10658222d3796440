import type { UsageExportQuery } from '../contracts/http/usage.ts';
import { csvLine } from '../csv.ts';
import type { Actor } from '../db/actor.ts';
import type { Database } from '../db/database.ts';
import { asActor } from '../db/doors.ts';
import { AppError } from '../errors.ts';
import { usageRange } from './usage-range.ts';
import { usageRows, usageSums } from './usage-rows.ts';

const columns = [
  'day',
  'kind',
  'model',
  'userId',
  'name',
  'calls',
  'inputTokens',
  'cacheReadTokens',
  'cacheWriteTokens',
  'outputTokens',
  'costNanoUsd',
] as const;

type UsageLine = Record<(typeof columns)[number], string | number | null>;

/** A year of fifty people with three kinds a day: more is refused, since a file that ends early deceives. */
const mostLines = 50_000;

/**
 * Usage by day, person, kind and model as CSV, oldest first. Programs get ids without names. Throws `invalid_request`
 * for a range that makes no sense, or whose file would be too long.
 */
export async function exportUsage(
  database: Database,
  actor: Actor,
  orgId: string,
  query: UsageExportQuery,
): Promise<string> {
  const { from, to } = usageRange(query);
  const named = actor.type === 'person';
  const { rows } = await asActor(database, actor, (tx) =>
    tx.query<UsageLine>(
      `${usageRows}, grouped as (
         select day::text, kind, model, user_id as "userId", ${usageSums} from usage group by 1, 2, 3, 4
       )
       select grouped.*, ${named ? 'p.display_name' : 'null::text'} as "name" from grouped
       ${named ? 'left join profiles p on p.user_id = grouped."userId"' : ''}
       order by day, kind, model, "userId" limit ${mostLines + 1}`,
      [orgId, from, to],
    ),
  );
  if (rows.length > mostLines) {
    throw new AppError(
      'invalid_request',
      `from: more than ${mostLines} lines, choose fewer days.`,
      {
        fields: [{ field: 'from', message: 'Too many lines: choose fewer days' }],
      },
    );
  }
  return [
    csvLine([...columns]),
    ...rows.map((row) => csvLine(columns.map((column) => row[column]))),
  ].join('');
}

/** What a browser is told about the file. */
export function usageExportHeaders(org: string): Record<string, string> {
  return {
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': `attachment; filename="usage-${org.replaceAll(/[^a-z0-9-]/g, '')}.csv"`,
    'Cache-Control': 'private, no-store',
  };
}
