import { eventually } from '@devsphere/shared/testing/eventually.ts';
import { promptOf } from '../bodies.ts';
import type { Cell } from '../cell.ts';
import type { Lab } from '../lab/lab.ts';
import { drain, submitLoad, submitOne } from '../load.ts';
import { lasting } from '../pause.ts';

const outageSeconds = 30;
const breakerWithinSeconds = 5;
/** Those under way when it opens on both workers, and one for each pause of 1, 2, 4, 8 and 15 s. */
const mostCalls = 2 * 10 + 10;
/** Of twenty slots: while it is open only a call that probes runs, beside what is just being given back. */
const mostRunning = 4;

/** The provider refuses everything for half a minute: it is left alone, nobody waits in a slot, and afterwards all succeed. */
const overloaded: Cell = {
  name: `529 for ${outageSeconds} s`,
  run: async ({ lab, tasks, note }) => {
    await lab.startWorkers();
    await submitLoad(lab, Math.ceil(tasks / 4), { prefix: 'before' });
    await drain(lab);
    await lab.control('POST', 'faults', { kind: 'status', status: 529, times: 1_000_000 });
    const load = submitLoad(lab, Math.floor((tasks * 3) / 4), { overSeconds: outageSeconds / 2 });
    const openedAt = await eventually('the breaker is open', () => breakerOpenedAt(lab));
    const running: number[] = [];
    for (let second = 2; second < outageSeconds; second++) {
      await lasting(1);
      if (second > breakerWithinSeconds) running.push(await countRunning(lab));
    }
    await lab.control('DELETE', 'faults');
    await load;
    await drain(lab);
    const refused = (await lab.calls()).filter(({ outcome }) => outcome === 'fault:status');
    const firstAt = Math.min(...refused.map(({ received_at }) => Date.parse(received_at)));
    const seconds = (openedAt.getTime() - firstAt) / 1000;
    note(`breaker open after ${seconds.toFixed(2)} s, ${refused.length} calls in vain`);
    note(`at most ${Math.max(...running)} tasks held a slot`);
    if (seconds > breakerWithinSeconds) throw new Error(`the breaker opened after ${seconds} s`);
    if (refused.length > mostCalls) throw new Error(`${refused.length} calls were made in vain`);
    if (Math.max(...running) > mostRunning) throw new Error('tasks waited in slots of workers');
  },
};

async function breakerOpenedAt(lab: Lab): Promise<Date | undefined> {
  const { rows } = await lab.system.db.admin.query<{ opened_at: Date | null }>(
    `select opened_at from provider_gates where account = 'platform'`,
  );
  return rows[0]?.opened_at ?? undefined;
}

async function countRunning(lab: Lab): Promise<number> {
  const { rows } = await lab.system.db.admin.query(
    `select count(*)::int as n from public.task_attempts where state = 'running'`,
  );
  return rows[0].n;
}

/** One call is told to come back in an hour: its task does, unless somebody starts it before; the others go on within a minute. */
const anHour: Cell = {
  name: '429 with 3600 s',
  run: async ({ lab, tasks, note }) => {
    const [tenant] = lab.tenants;
    if (!tenant) throw new Error('a lab has organisations');
    const headers = { 'retry-after': '3600' };
    await lab.control('POST', 'faults', { kind: 'status', status: 429, headers });
    await lab.startWorkers();
    const id = await submitOne(lab, tenant, 'an hour', promptOf(0, tenant));
    const { orgId } = tenant.person;
    await eventually('it waits', async () => (await tenant.client.task(orgId, id)).error !== null);
    const began = performance.now();
    await submitLoad(lab, tasks);
    await eventually('all others have ended', () => othersEnded(lab, id), 80_000);
    note(`the others ended after ${((performance.now() - began) / 1000).toFixed(0)} s`);
    const { rows } = await lab.system.db.admin.query(
      `select state, extract(epoch from run_at - now())::float8 as seconds from public.tasks where id = $1`,
      [id],
    );
    const { state, seconds } = rows[0];
    if (state !== 'queued' || seconds < 3_400)
      throw new Error(`the task that was to wait an hour is ${state}, due in ${seconds} s`);
    const { status } = await tenant.client.call('POST', `/v1/orgs/${orgId}/tasks/${id}/start`);
    if (status !== 202) throw new Error(`starting it now was answered ${status}`);
    await drain(lab);
  },
};

async function othersEnded(lab: Lab, id: string): Promise<boolean> {
  const { rows } = await lab.system.db.admin.query(
    'select count(*)::int as n from public.tasks where ended_at is null and id <> $1',
    [id],
  );
  return rows[0].n === 0;
}

export const failingProvider: Cell[] = [overloaded, anHour];
