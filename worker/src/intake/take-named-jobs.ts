import type { Tx } from '@devsphere/shared/db/doors.ts';
import type { NamedJob } from '@devsphere/shared/queue/work-notice.ts';
import type { Limits } from './controls.ts';

/** Where the statement leaves which jobs it took, for the claims that travel with it. */
export const takenSetting = 'devsphere.taken';

/**
 * Takes the jobs that notices named, unless somebody was faster or their organisations run as many as they may. The ids of
 * those taken go into a setting: the claims behind it need not wait to hear of them.
 */
const takeNamed = `
  with named as (
    select j.id, j.group_id, j.group_tier, row_number() over (partition by j.group_id order by j.created_on) as nth
    from pgboss.job j
    where j.name = $1 and j.id = any ($2::uuid[]) and j.state = 'created' and not j.blocked and j.start_after <= now()
  ), allowed as (
    select n.id from named n
    where (select count(*) from pgboss.job r where r.name = $1 and r.state = 'active' and r.group_id = n.group_id) + n.nth
      <= coalesce(($5::jsonb ->> n.group_id)::int, ($4::jsonb ->> n.group_tier)::int, $3)
  ), ours as (
    select j.id from pgboss.job j
    where j.name = $1 and j.id = any (array(select id from allowed)) and j.state = 'created' for update skip locked
  ), taken as (
    update pgboss.job j set state = 'active', started_on = now(), heartbeat_on = now()
    from ours where j.name = $1 and j.id = ours.id returning j.id
  )
  select t.ids, (select count(*) from named) > (select count(*) from allowed) as limited,
         set_config('${takenSetting}', t.ids::text, true)
  from (select array(select id from taken) as ids) as t`;

/** Gives the statement, as the queue's owner. `limited`: one must wait until another of its organisation ends. */
export async function takeNamedJobs(
  tx: Pick<Tx, 'query'>,
  queue: string,
  jobs: readonly NamedJob[],
  limits: Limits,
): Promise<{ taken: ReadonlySet<string>; limited: boolean }> {
  const { rows } = await tx.query<{ ids: string[]; limited: boolean }>(takeNamed, [
    queue,
    jobs.map(({ jobId }) => jobId),
    limits.rest,
    JSON.stringify(limits.byPlan),
    JSON.stringify(limits.overrides),
  ]);
  return { taken: new Set(rows[0]?.ids), limited: rows[0]?.limited ?? false };
}
