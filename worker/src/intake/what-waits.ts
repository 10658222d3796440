import type { Tx } from '@devsphere/shared/db/doors.ts';

/**
 * What is left in a queue after a look: whether anything could run, whether some of it was not looked at, and when the next
 * will be due.
 */
export type WhatWaits = { more: boolean; unseen: boolean; dueMilliseconds: number | null };

/** Each a look into one index. Rounded up: who wakes a moment early finds nothing and asks again. */
const whatWaits = `
  select exists (select from pgboss.job where name = $1 and state = 'created' and blocked = false and start_after <= now())
      or exists (select from pgboss.job where name = $1 and state = 'retry' and blocked = false and start_after <= now())
         as more,
         ceil(extract(epoch from least(
           (select min(first.start_after) from unnest($2::text[]) as p (name), lateral (
              select j.start_after from pgboss.job j
              where j.name = p.name and j.state = 'created' and j.blocked = false and j.start_after > now()
              order by j.start_after limit 1) as first),
           (select min(start_after) from pgboss.job where name = $1 and state = 'retry' and blocked = false and start_after > now())
         ) - now()) * 1000)::float8 + 1 as due`;

/** Gives the statement that says it, as the queue's owner. `places` are where jobs of the queue wait for their time. */
export async function askWhatWaits(
  tx: Pick<Tx, 'query'>,
  queue: string,
  places: readonly string[],
): Promise<WhatWaits> {
  const { rows } = await tx.query<{ more: boolean; due: number | null }>(whatWaits, [
    queue,
    places,
  ]);
  return { more: rows[0]?.more ?? false, unseen: false, dueMilliseconds: rows[0]?.due ?? null };
}
