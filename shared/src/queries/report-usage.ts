import type { UsageDimension, UsageQuery, UsageReport } from '../contracts/http/usage.ts';
import type { Actor } from '../db/actor.ts';
import type { Database } from '../db/database.ts';
import { asActor } from '../db/doors.ts';
import { usageRange } from './usage-range.ts';
import { usageRows, usageSums } from './usage-rows.ts';

const keys: Record<UsageDimension, string> = {
  day: 'day::text',
  person: 'user_id::text',
  kind: 'kind',
  model: 'model',
};

/** More than this many people, kinds or models are not shown one by one. */
const mostRows = 500;
const noUsage = {
  calls: 0,
  inputTokens: 0,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
  outputTokens: 0,
  costNanoUsd: 0,
};

/** Usage added up by day (oldest first) or by person, kind or model (dearest first). Throws `invalid_request`. */
export async function reportUsage(
  database: Database,
  actor: Actor,
  orgId: string,
  query: UsageQuery,
): Promise<UsageReport> {
  const { from, to } = usageRange(query);
  const { by } = query;
  // Programs see ids only: people's names are for people.
  const named = by === 'person' && actor.type === 'person';
  const values = [orgId, from, to];
  const [rows, totals] = await asActor(database, actor, async (tx) =>
    Promise.all([
      tx.query<UsageReport['rows'][number]>(
        `${usageRows}, grouped as (select ${keys[by]} as "key", ${usageSums} from usage group by 1)
         select grouped.*, ${named ? 'p.display_name' : 'null::text'} as "name" from grouped
         ${named ? 'left join profiles p on p.user_id::text = grouped."key"' : ''}
         order by ${by === 'day' ? '"key"' : '"costNanoUsd" desc, "key"'} limit ${mostRows}`,
        values,
      ),
      tx.query<UsageReport['total']>(
        `${usageRows} select ${usageSums} from usage having count(*) > 0`,
        values,
      ),
    ]),
  );
  return { from, to, by, total: totals.rows[0] ?? noUsage, rows: rows.rows };
}
