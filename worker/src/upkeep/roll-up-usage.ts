import type { Database } from '@devsphere/shared/db/database.ts';
import { asSystem } from '@devsphere/shared/db/doors.ts';
import type { UpkeepJob } from './upkeep-job.ts';

export type UsageRollUpConfig = { everySeconds: number; days: number };

// Usage comes from workers, so a roll-up that did not run for days missed days without usage.
const defaults: UsageRollUpConfig = { everySeconds: 300, days: 3 };

/** Adds usage up by organisation, day, kind and model. Recent days are made again from the ledger each time. */
export function usageRollUp(
  database: Database,
  { everySeconds, days }: UsageRollUpConfig = defaults,
): UpkeepJob {
  return {
    name: 'usage-roll-up',
    everySeconds,
    runOnce: () =>
      asSystem(database, 'roll usage up', async (tx) => {
        const { rowCount } = await tx.query(
          `insert into usage_days (org_id, day, kind, model, simulated, user_id, calls, input_tokens, cache_read_tokens,
                                   cache_write_tokens, output_tokens, cost_nano_usd)
           select org_id, (created_at at time zone 'UTC')::date, kind, model, simulated, coalesce(user_id, '00000000-0000-0000-0000-000000000000'), count(*), sum(input_tokens),
                  sum(cache_read_tokens), sum(cache_write_tokens), sum(output_tokens), sum(cost_nano_usd)
           from usage_entries
           where created_at >= (date_trunc('day', now() at time zone 'UTC') - make_interval(days => $1 - 1)) at time zone 'UTC'
           group by 1, 2, 3, 4, 5, 6
           on conflict (org_id, day, kind, model, simulated, user_id) do update set
             calls = excluded.calls, input_tokens = excluded.input_tokens,
             cache_read_tokens = excluded.cache_read_tokens, cache_write_tokens = excluded.cache_write_tokens,
             output_tokens = excluded.output_tokens, cost_nano_usd = excluded.cost_nano_usd`,
          [days],
        );
        return { days: rowCount ?? 0 };
      }),
  };
}
