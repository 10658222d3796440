import { eventually } from '@devsphere/shared/testing/eventually.ts';
import type { Cell } from '../cell.ts';
import type { Lab } from '../lab/lab.ts';
import { drain, submitLoad } from '../load.ts';
import { readLog } from '../read-log.ts';

/** Between two beats, which would tell as well. */
const expirySeconds = 7;
/** Sooner than the next beat would say it at the latest, on a machine that is busy, too. */
const mostOverlapSeconds = 3;

/** Handlers that take longer than their delivery lives: it goes to somebody else while they still work, and they stop. */
const pastExpiry: Cell = {
  name: 'handler past its expiry, two workers',
  run: async ({ lab, tasks, note }) => {
    // Far longer than that: each is in the middle of its answer when it is passed on.
    await lab.control('POST', 'faults', { kind: 'slow', tokens_per_second: 3, times: 10 });
    await submitLoad(lab, tasks);
    await lab.system.db.admin.query(
      `update pgboss.job set expire_seconds = $1 where name = 'tasks.claude'`,
      [expirySeconds],
    );
    await lab.startWorkers();
    await drain(lab);
    const { rows } = await lab.system.db.admin.query<{ key: string; at: string }>(
      `select task_id || ' ' || attempt as key, extract(epoch from started_at) * 1000 as at
       from public.task_attempts where attempt > 1`,
    );
    const startOf = new Map(rows.map(({ key, at }) => [key, Number(at)]));
    const overlaps = lab.workers.flatMap(readLog).flatMap(({ msg, taskId, attempt = 0, time }) => {
      const next = startOf.get(`${taskId} ${attempt + 1}`);
      return msg.startsWith('claim lost') && next ? [(time - next) / 1000] : [];
    });
    const longest = Math.max(...overlaps);
    // One whose answer had just come whole finds out when it settles.
    const stopped = lab.workers.flatMap(readLog).filter(({ msg }) => msg === 'claim lost').length;
    const givenUp = (await lab.calls()).filter(({ outcome }) => outcome === 'client_gone').length;
    note(`${overlaps.length} passed on, longest overlap ${longest.toFixed(2)} s`);
    if (overlaps.length === 0) throw new Error('no handler outlived its delivery');
    if (longest > mostOverlapSeconds) throw new Error(`two worked on one task for ${longest} s`);
    if (givenUp < stopped)
      throw new Error(`${stopped - givenUp} calls went on after their task was lost`);
  },
};

const copies = 25;

/**
 * Jobs under way are delivered once more: as themselves, as when their worker was given up for dead, and as copies under
 * another id.
 */
const deliveredTwice: Cell = {
  name: 'job under way delivered again x50',
  run: async ({ lab, tasks, note }) => {
    await lab.control('PUT', 'pace', { tokens_per_second: 100, first_token_ms: 50 });
    await lab.startWorkers();
    const load = submitLoad(lab, tasks);
    const chosen = new Set<string>();
    await eventually(
      'so many jobs were delivered again',
      async () => {
        for (const id of await redeliver(lab, [...chosen], copies - chosen.size)) chosen.add(id);
        return chosen.size === copies;
      },
      40_000,
    );
    await load;
    await drain(lab);
    const { rows } = await lab.system.db.admin.query(
      `select (select count(*) from public.task_attempts where state = 'lost')::int as lost,
              (select count(*) from pgboss.job where name = 'tasks.claude' and output ->> 'outcome' = 'nothing to do')::int as idle`,
    );
    note(`${rows[0].lost} attempts replaced, ${rows[0].idle} copies found nothing to do`);
    if (rows[0].idle < copies) throw new Error('a copy of a job did something');
  },
};

/** As the queue does it with a job whose heartbeat stopped, and a copy of each. Returns whose. */
async function redeliver(lab: Lab, not: string[], most: number): Promise<string[]> {
  const { rows } = await lab.system.db.admin.query<{ id: string }>(
    `with chosen as (
       select * from pgboss.job where name = 'tasks.claude' and state = 'active' and id <> all($1::uuid[])
         and exists (select from public.task_attempts a where a.job_id = job.id and a.state = 'running')
       limit $2 for update skip locked
     ), copied as (
       insert into pgboss.job (name, data, retry_count, retry_limit, expire_seconds, heartbeat_seconds, policy, keep_until, dead_letter)
       select name, data, retry_count + 5, retry_limit, expire_seconds, heartbeat_seconds, policy, keep_until, dead_letter from chosen
     )
     update pgboss.job j set state = 'retry', start_after = now(), heartbeat_on = null from chosen
     where j.name = chosen.name and j.id = chosen.id returning j.id`,
    [not, most],
  );
  return rows.map(({ id }) => id);
}

export const lostClaims: Cell[] = [pastExpiry, deliveredTwice];
