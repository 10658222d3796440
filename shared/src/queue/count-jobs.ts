import type { Db } from 'pg-boss';
import { type JobCounts, jobCountLimit } from '../contracts/operator.ts';

/** Jobs of each queue by what they wait for, each count ending at the limit. Every number is read from an index. */
export async function countJobs(db: Db, names: string[]): Promise<Map<string, JobCounts>> {
  const bounded = (state: string, more = '') =>
    `(select count(*)::int from (
        select from pgboss.job j where j.name = q.name and j.state = '${state}' ${more} limit ${jobCountLimit}
      ) as counted)`;
  const due = 'and not j.blocked and j.start_after <= now()';
  const later = 'and not j.blocked and j.start_after > now()';
  const oldest = (state: string) =>
    `(select min(j.start_after) from pgboss.job j where j.name = q.name and j.state = '${state}' ${due})`;
  const { rows } = await db.executeSql(
    `select q.name,
            ${bounded('created', due)} + ${bounded('retry', due)} as ready,
            ${bounded('created', later)} + ${bounded('retry', later)} as delayed,
            ${bounded('active')} as active,
            ${bounded('failed')} as failed,
            extract(epoch from now() - least(${oldest('created')}, ${oldest('retry')}))::float8 as oldest
     from unnest($1::text[]) as q (name)`,
    [names],
  );
  return new Map(
    rows.map((row) => [
      row.name as string,
      {
        ready: row.ready,
        delayed: row.delayed,
        active: row.active,
        failed: row.failed,
        oldestReadySeconds: row.oldest,
      },
    ]),
  );
}
