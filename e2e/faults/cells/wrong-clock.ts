import { eventually } from '@devsphere/shared/testing/eventually.ts';
import type { Cell } from '../cell.ts';
import type { Lab, Tenant } from '../lab/lab.ts';
import { submitLoad } from '../load.ts';

/** Within the error of the wrong clock, and beyond the length of the cell. */
const [startsInSeconds, expiresInSeconds] = [240, 300];

type Wrong = 'one worker' | 'the API';

/** One process has a wrong clock: what starts or expires in some minutes does neither now, and a schedule fires once. */
const wrongBy = (clockShiftMinutes: number, whose: Wrong): Cell => ({
  name: `clock ${clockShiftMinutes > 0 ? '+' : ''}${clockShiftMinutes} min on ${whose}`,
  // What was to start in four minutes is not waited for.
  endings: { cancelled: 3 },
  run: async ({ lab, tasks }) => {
    if (whose === 'the API') await lab.startApi({ clockShiftMinutes });
    for (const tenant of lab.tenants) await scheduleEveryHour(lab, tenant);
    const delayed = await Promise.all(lab.tenants.map((tenant) => delay(lab, tenant)));
    await lab.startWorkers({}, whose === 'one worker' ? { clockShiftMinutes } : {});
    await submitLoad(lab, tasks);
    await eventually('each schedule fired', async () => (await runsOf(lab)).length > 0, 20_000);
    const runs = await runsOf(lab);
    if (runs.length !== lab.tenants.length || runs.some(({ n }) => n !== 1))
      throw new Error(`schedules fired ${JSON.stringify(runs)}`);
    for (const [index, { person, client }] of lab.tenants.entries()) {
      const id = delayed[index] ?? '';
      const { state } = await client.task(person.orgId, id);
      if (state !== 'queued') throw new Error(`what starts in four minutes is ${state} now`);
      await checkTimes(lab, id);
      const cancellation = `/v1/orgs/${person.orgId}/tasks/${id}/cancellation`;
      const { status } = await client.call('POST', cancellation);
      if (status !== 200) throw new Error(`a cancellation was answered ${status}`);
    }
    const { rows } = await lab.system.db.admin.query(
      'select schedule_id as key, task_id as "taskId" from schedule_runs where task_id is not null',
    );
    lab.commands.push(...rows);
  },
});

async function scheduleEveryHour(lab: Lab, { client, person }: Tenant): Promise<void> {
  const { status, body } = await client.call('POST', `/v1/orgs/${person.orgId}/schedules`, {
    name: 'Every hour',
    cron: '0 * * * *',
    timeZone: 'UTC',
    kind: 'assistant.prompt',
    input: { prompt: 'What happened in this hour?' },
  });
  if (status !== 201) throw new Error(`a schedule was answered ${status} ${JSON.stringify(body)}`);
  await lab.system.db.admin.query('update schedules set next_run_at = now() where org_id = $1', [
    person.orgId,
  ]);
}

async function delay(lab: Lab, { client, person }: Tenant): Promise<string> {
  const { status, body } = await client.submit(person.orgId, {
    kind: 'assistant.prompt',
    input: { prompt: 'What is a lease, a moment later?' },
    runAt: new Date(Date.now() + startsInSeconds * 1000).toISOString(),
    expiresInSeconds,
  });
  if (status !== 201) throw new Error(`a delayed task was answered ${status}`);
  lab.commands.push({ key: `delayed ${person.orgId}`, taskId: body.id });
  return body.id;
}

/** Far more than it takes to submit, and far less than any clock is wrong. */
const mostSecondsOff = 30;

/** By the database's own clock. */
async function checkTimes(lab: Lab, id: string): Promise<void> {
  const { rows } = await lab.system.db.admin.query<{ starts: number; expires: number }>(
    `select extract(epoch from run_at - created_at)::float8 as starts, extract(epoch from expires_at - created_at)::float8 as expires
     from public.tasks where id = $1`,
    [id],
  );
  const { starts = 0, expires = 0 } = rows[0] ?? {};
  const off = Math.max(Math.abs(starts - startsInSeconds), Math.abs(expires - expiresInSeconds));
  if (off > mostSecondsOff)
    throw new Error(`it starts ${starts} s and expires ${expires} s after it was submitted`);
}

/** How often each organisation's schedule has fired. */
async function runsOf(lab: Lab): Promise<Array<{ org_id: string; n: number }>> {
  const { rows } = await lab.system.db.admin.query(
    'select org_id, count(*)::int as n from schedule_runs group by org_id',
  );
  return rows;
}

export const wrongClock: Cell[] = (['one worker', 'the API'] as const).flatMap((whose) => [
  wrongBy(10, whose),
  wrongBy(-10, whose),
]);
