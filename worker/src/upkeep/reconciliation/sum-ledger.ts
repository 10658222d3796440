import type { Tx } from '@devsphere/shared/db/doors.ts';
import type { TokenCounts } from './token-counts.ts';
import type { Window } from './window-of-call.ts';

/** What our ledger has for a model's calls that ended in a window, paid by the platform. */
export async function sumLedger(tx: Tx, model: string, window: Window): Promise<TokenCounts> {
  const { rows } = await tx.query<TokenCounts>(
    `with billed as (
       select usage, coalesce((usage -> 'cache_creation' ->> 'ephemeral_1h_input_tokens')::bigint, 0) as write1h
       from llm_calls
       where model = $1 and paid_by = 'platform' and state in ('completed', 'reconciled')
         and ended_at >= $2 and ended_at < $3
         -- By the index, which is of beginnings.
         and started_at between $2::timestamptz - interval '1 hour' and $3
     )
     select coalesce(sum((usage ->> 'input_tokens')::bigint), 0)::bigint as input,
            coalesce(sum((usage ->> 'cache_creation_input_tokens')::bigint - write1h), 0)::bigint as write5m,
            coalesce(sum(write1h), 0)::bigint as write1h,
            coalesce(sum((usage ->> 'cache_read_input_tokens')::bigint), 0)::bigint as read,
            coalesce(sum((usage ->> 'output_tokens')::bigint), 0)::bigint as output
     from billed`,
    [model, window.from, window.until],
  );
  const [sum] = rows;
  if (!sum) throw new Error('a sum has a row');
  return sum;
}
