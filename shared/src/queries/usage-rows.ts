/**
 * Usage of an organisation ($1) from one day ($2) to another ($3): days that were added up for good, and the ledger
 * itself for yesterday and today. A common table expression to select from.
 */
export const usageRows = `with usage as (
  select day, kind, model, user_id, calls, input_tokens, cache_read_tokens, cache_write_tokens, output_tokens, cost_nano_usd
  from usage_days
  where org_id = $1 and day between $2::date and $3::date and day < (now() at time zone 'UTC')::date - 1
  union all
  select (created_at at time zone 'UTC')::date, kind, model, coalesce(user_id, '00000000-0000-0000-0000-000000000000'), 1,
         input_tokens, cache_read_tokens, cache_write_tokens, output_tokens, cost_nano_usd
  from usage_entries
  where org_id = $1
    and created_at >= greatest($2::date, (now() at time zone 'UTC')::date - 1)::timestamp at time zone 'UTC'
    and created_at < ($3::date + 1)::timestamp at time zone 'UTC'
)`;

/** The sums of a group of them, named as in the contract. */
export const usageSums = `sum(calls)::bigint as "calls", sum(input_tokens)::bigint as "inputTokens",
  sum(cache_read_tokens)::bigint as "cacheReadTokens", sum(cache_write_tokens)::bigint as "cacheWriteTokens",
  sum(output_tokens)::bigint as "outputTokens", sum(cost_nano_usd)::bigint as "costNanoUsd"`;
