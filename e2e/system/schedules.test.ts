import type {
  ScheduleDetail,
  SchedulePage,
  ScheduleRunPage,
} from '@devsphere/shared/contracts/http/schedule.ts';
import type { TaskDetail } from '@devsphere/shared/contracts/http/task.ts';
import { eventually } from '@devsphere/shared/testing/eventually.ts';
import { signUp, type TestPerson, tokenOf } from '@devsphere/shared/testing/people.ts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ApiClient } from './client.ts';
import { type System, startSystem } from './start-system.ts';

const body = {
  name: 'Morning news',
  kind: 'assistant.prompt',
  input: { prompt: 'What is new?' },
  cron: '0 9 * * MON-FRI',
  timeZone: 'Europe/Berlin',
};
let system: System;
let ada: TestPerson;
let client: ApiClient;
let stranger: ApiClient;
let base: string;

beforeAll(async () => {
  system = await startSystem();
  ada = await signUp(system.db, 'ada');
  client = new ApiClient(system.api.url, await tokenOf(ada));
  stranger = new ApiClient(system.api.url, await tokenOf(await signUp(system.db, 'eve')));
  base = `/v1/orgs/${ada.orgId}/schedules`;
});
afterAll(() => system.stop());

const create = async () => (await client.call<ScheduleDetail>('POST', base, body)).body;
const runsOf = async (id: string) =>
  (await client.call<ScheduleRunPage>('GET', `${base}/${id}/runs`)).body.runs;
const makeDue = (where: string) =>
  system.db.admin.query(`update schedules set next_run_at = now() where ${where}`);

describe('two workers with clocks', () => {
  test('fire a due schedule once; its task runs to its result, and the next run is ahead', async () => {
    const workers = [await system.startWorker(), await system.startWorker()];
    const { id } = await create();
    await makeDue(`id = '${id}'`);
    const [run] = await eventually('the run', async () => {
      const runs = await runsOf(id);
      return runs[0]?.taskId ? runs : undefined;
    });
    expect(run).toMatchObject({ state: 'fired', trigger: 'clock' });
    const events = await client.events(ada.orgId, run?.taskId ?? '');
    expect(events.at(-1)).toMatchObject({ type: 'task.ended', data: { state: 'succeeded' } });
    const { body: after } = await client.call<ScheduleDetail>('GET', `${base}/${id}`);
    expect(Date.parse(after.nextRunAt ?? '')).toBeGreaterThan(Date.now());
    expect(after.lastRunAt).toBe(run?.nominalAt);
    expect(await runsOf(id)).toHaveLength(1);
    await Promise.all(workers.map((worker) => worker.stop(5)));
  });

  test('a restart in the middle of many leaves none out and fires none twice', async () => {
    const made = await Promise.all(Array.from({ length: 60 }, create));
    const ids = made.map(({ id }) => id);
    const first = await system.startWorker();
    await makeDue(`state = 'active'`);
    await eventually('the first run', async () => (await fired(ids)) > 0);
    await first.stop(0);
    await system.startWorker();
    await eventually('every run', async () => (await fired(ids)) === ids.length, 20_000);
    const { rows } = await system.db.admin.query(
      `select count(*)::int as tasks from tasks where split_part(idempotency_key, ':', 2) = any($1)`,
      [ids],
    );
    expect(rows[0].tasks).toBe(ids.length);
  }, 40_000);

  const fired = async (ids: string[]) => {
    const { rows } = await system.db.admin.query(
      `select count(*)::int as n from schedule_runs where state = 'fired' and schedule_id = any($1)`,
      [ids],
    );
    return rows[0].n;
  };
});

describe('over HTTP', () => {
  test('a schedule is created, read, edited, paused, resumed, run and deleted', async () => {
    const created = await client.call<ScheduleDetail>('POST', base, body, {
      'Idempotency-Key': 'k',
    });
    expect(created.status).toBe(201);
    const again = await client.call('POST', base, body, { 'Idempotency-Key': 'k' });
    expect([again.status, again.body.id]).toEqual([200, created.body.id]);
    const path = `${base}/${created.body.id}`;
    const edited = await client.call('PATCH', path, { cron: '30 2 * * *' });
    expect(edited.body).toMatchObject({ cronInWords: 'At 02:30', name: body.name });
    expect((await client.call('POST', `${path}/pause`)).body).toMatchObject({ state: 'paused' });
    expect((await client.call('POST', `${path}/resumption`)).body).toMatchObject({
      state: 'active',
    });
    const run = await client.call<TaskDetail>('POST', `${path}/runs`, undefined, {
      'Idempotency-Key': 'now',
    });
    expect(run.status).toBe(201);
    expect(await runsOf(created.body.id)).toMatchObject([
      { trigger: 'person', taskId: run.body.id },
    ]);
    const list = await client.call<SchedulePage>('GET', `${base}?limit=1`);
    expect(list.body.schedules[0]?.id).toBe(created.body.id);
    expect((await client.call('DELETE', path)).status).toBe(204);
    expect((await client.call('GET', path)).status).toBe(404);
  });

  test.each([
    ['61 minutes', { ...body, cron: '61 * * * *' }, 'cron'],
    ['31 February', { ...body, cron: '0 0 31 2 *' }, 'cron'],
    ['an unknown zone', { ...body, timeZone: 'Mars/Olympus' }, 'timeZone'],
    ['an unknown field', { ...body, evil: 1 }, '(body)'],
  ])('%s is a problem that names its field', async (_what, bad, field) => {
    const { status, body: problem } = await client.call('POST', base, bad);
    expect(status).toBe(400);
    expect(problem).toMatchObject({ code: 'invalid_request', errors: [{ field }] });
  });

  test('a stranger gets 404 everywhere', async () => {
    const path = `${base}/${(await create()).id}`;
    for (const [method, where, sent] of [
      ['GET', base],
      ['POST', base, body],
      ['GET', path],
      ['PATCH', path, { name: 'Mine' }],
      ['DELETE', path],
      ['POST', `${path}/pause`],
      ['POST', `${path}/resumption`],
      ['GET', `${path}/runs`],
      ['POST', `${path}/runs`],
      ['GET', `${base}/not-an-id`],
    ] as const) {
      const { status } = await stranger.call(method, where, sent);
      expect({ method, where, status }).toEqual({ method, where, status: 404 });
    }
  });
});
