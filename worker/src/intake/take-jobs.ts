import type { Tx } from '@devsphere/shared/db/doors.ts';
import type { Limits } from './controls.ts';
import { type TakenJob, type TakenRow, takenJob } from './taken-job.ts';

/** Organisations with waiting jobs that one look sees; the next begins behind whom the last served. */
const mostOrganizations = 100;

type Row = TakenRow & { group_id: string | null; seen: string; looks: number };

/** Candidates beyond the free slots, since workers that look at the same moment want the same ones. */
const spare = 40;

/**
 * Takes jobs by turns: of all that wait, those of the organisation go first that has the fewest running, its own by
 * priority and age, and none beyond its limit. That is max-min fairness (Bertsekas and Gallager, Data Networks, section
 * 6.5.2): who comes behind a huge one waits for the next slots that get free, not for its backlog, and no slot stays free
 * that anybody may have. Each organisation costs one look into an index, however many jobs it has waiting.
 */
const takeByTurns = `
  with recursive organizations (org, wrapped, nth) as (
    select $7::text, false, 0
    union all
    select coalesce(ahead.org, first.org), o.wrapped or ahead.org is null, o.nth + 1
    from organizations o
    left join lateral (
      select coalesce(j.group_id, '') as org from pgboss.job j
      where j.name = $1 and j.state < 'active' and not j.blocked and coalesce(j.group_id, '') > o.org
        and coalesce(j.group_id, '') <> all ($6::text[])
      order by coalesce(j.group_id, '') limit 1
    ) ahead on true
    left join lateral (
      select coalesce(j.group_id, '') as org from pgboss.job j
      where j.name = $1 and j.state < 'active' and not j.blocked and coalesce(j.group_id, '') <> all ($6::text[])
      order by coalesce(j.group_id, '') limit 1
    ) first on ahead.org is null and not o.wrapped
    where o.nth < ${mostOrganizations} and coalesce(ahead.org, first.org) is not null
      and not ((o.wrapped or ahead.org is null) and coalesce(ahead.org, first.org) > $7)
  ), running as (
    select group_id as org, count(*)::int as jobs from pgboss.job
    where name = $1 and state = 'active' and group_id is not null group by group_id
  ), next as materialized (
    select w.id, coalesce(r.jobs, 0) + w.nth as turn, w.priority, w.created_on
    from organizations o
    left join running r on r.org = o.org
    cross join lateral (
      select j.*, row_number() over (order by j.priority desc, j.created_on) as nth
      from (
        select c.id, c.priority, c.created_on, c.group_tier from pgboss.job c
        where c.name = $1 and coalesce(c.group_id, '') = o.org and c.state < 'active' and not c.blocked
          and c.start_after <= now()
        order by c.priority desc, c.created_on limit $2::int + ${spare}
      ) j
    ) w
    where o.nth > 0
      and coalesce(r.jobs, 0) + w.nth <= coalesce(($5::jsonb ->> o.org)::int, ($4::jsonb ->> w.group_tier)::int, $3)
    order by turn, w.priority desc, w.created_on
    limit $2::int + ${spare}
  ), ours as (
    select j.id from next n join pgboss.job j on j.id = n.id
    where j.name = $1 and j.state < 'active' and not j.blocked and j.start_after <= now()
    order by n.turn, n.priority desc, n.created_on
    limit $2::int for update of j skip locked
  ), taken as (
    update pgboss.job j
    set state = 'active', started_on = now(), heartbeat_on = now(),
        retry_count = case when j.started_on is null then j.retry_count else j.retry_count + 1 end
    from ours where j.name = $1 and j.id = ours.id
    returning j.id, j.name, j.data, j.retry_count, j.group_id
  )
  select t.*, seen.org as seen, seen.nth as looks
  from (select org, nth from organizations order by nth desc limit 1) as seen left join taken t on true`;

/**
 * Gives the statement that takes at most so many jobs of a queue of tasks, as the queue's owner. `last` is behind whom the next
 * look begins; `isAll`: every organisation that has something waiting was looked at.
 */
export async function takeJobs<Payload>(
  tx: Pick<Tx, 'query'>,
  queue: string,
  free: number,
  limits: Limits,
  /** Whom the last look served last; empty to begin with the first. */
  behind: string,
): Promise<{ jobs: TakenJob<Payload>[]; last: string; isAll: boolean }> {
  const { rows } = await tx.query<Row>(takeByTurns, [
    queue,
    free,
    limits.rest,
    JSON.stringify(limits.byPlan),
    JSON.stringify(limits.overrides),
    limits.paused,
    behind,
  ]);
  const taken = rows.filter(({ id }) => id !== null);
  const isAll = (rows[0]?.looks ?? 0) < mostOrganizations;
  // None of those seen may run: it is the turn of those behind them.
  const last = taken.at(-1)?.group_id ?? (isAll ? '' : (rows[0]?.seen ?? ''));
  return { jobs: taken.map((row) => takenJob<Payload>(row)), last, isAll };
}
