import { createSchedule } from '@devsphere/shared/commands/create-schedule.ts';
import { editSchedule } from '@devsphere/shared/commands/edit-schedule.ts';
import { submitTasks } from '@devsphere/shared/commands/submit-tasks.ts';
import { createLogger } from '@devsphere/shared/log.ts';
import { contextOf, join, signUp, type TestPerson } from '@devsphere/shared/testing/people.ts';
import { createTestDatabase, type TestDatabase } from '@devsphere/shared/testing/test-database.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { fireSchedules } from '../src/clock/fire-schedules.ts';

let db: TestDatabase;
let ada: TestPerson;
const log = createLogger('test', 'silent');

beforeAll(async () => {
  db = await createTestDatabase();
  ada = await signUp(db, 'ada');
});
afterAll(() => db.close());
beforeEach(() => db.admin.query('delete from schedules'));

const fire = (submit: typeof submitTasks = submitTasks, abandonedSeconds = 10) =>
  fireSchedules({ database: db.database, boss: db.boss, submit, log, abandonedSeconds });

async function schedule(
  person = ada,
  { orgId = ada.orgId, cron = '0 0 1 1 *', catchUp = 'once' as 'once' | 'skip' } = {},
): Promise<string> {
  const { schedule: made } = await createSchedule(contextOf(db, person), {
    orgId,
    name: 'News',
    kind: 'assistant.prompt',
    input: { prompt: 'What is new?' },
    cron,
    timeZone: 'Europe/Berlin',
    catchUp,
    idempotencyKey: null,
  });
  return made.id;
}

/** As if the schedule had been due since then. */
const due = (id: string, since = `date_trunc('minute', now())`) =>
  db.admin.query(`update schedules set next_run_at = ${since} where id = $1`, [id]);
const runs = async (id: string) =>
  (
    await db.admin.query(
      `select nominal_at, r.state, reason, task_id, t.created_by, t.state as task from schedule_runs r
       left join tasks t on t.id = r.task_id where schedule_id = $1 order by nominal_at`,
      [id],
    )
  ).rows;
const row = async (id: string) =>
  (
    await db.admin.query('select *, next_run_at > now() as ahead from schedules where id = $1', [
      id,
    ])
  ).rows[0];
const tasksOf = async (id: string) =>
  (await db.admin.query('select id from tasks where idempotency_key like $1', [`schedule:${id}:%`]))
    .rows.length;

describe('a due schedule', () => {
  test('submits its task as the person it runs as, and moves on', async () => {
    const id = await schedule();
    await due(id);
    await fire();
    expect(await runs(id)).toMatchObject([
      { state: 'fired', task: 'queued', created_by: ada.actor.userId, reason: null },
    ]);
    expect(await row(id)).toMatchObject({ state: 'active', ahead: true });
    expect(await fire()).toBe(0);
    expect(await tasksOf(id)).toBe(1);
  });

  test('fires once however many workers tick at the same moment', async () => {
    const ids = await Promise.all(Array.from({ length: 120 }, () => schedule()));
    await db.admin.query(`update schedules set next_run_at = date_trunc('minute', now())`);
    await Promise.all([fire(), fire(), fire()]);
    const counted = await Promise.all(
      ids.map(async (id) => [await tasksOf(id), (await runs(id)).length]),
    );
    expect(new Set(counted.map(String))).toEqual(new Set(['1,1']));
  });

  test('that is not due, or paused, does not fire', async () => {
    const [later, paused] = [await schedule(), await schedule()];
    await db.admin.query(
      `update schedules set state = 'paused', next_run_at = null where id = $1`,
      [paused],
    );
    expect(await fire()).toBe(0);
    expect([...(await runs(later)), ...(await runs(paused))]).toEqual([]);
  });
});

describe('a worker that vanishes', () => {
  const vanish = () => Promise.reject(new Error('the worker is gone'));

  test('between claiming and submitting: another submits the occurrence, once', async () => {
    const id = await schedule();
    await due(id);
    await fire(vanish);
    expect(await runs(id)).toMatchObject([{ state: 'pending', task_id: null }]);
    expect(await fire()).toBe(0);
    await Promise.all([fire(submitTasks, 0), fire(submitTasks, 0)]);
    expect(await runs(id)).toMatchObject([{ state: 'fired' }]);
    expect(await tasksOf(id)).toBe(1);
  });

  test('between submitting and recording: the occurrence keeps the one task it has', async () => {
    const id = await schedule();
    await due(id);
    await fire(async (...submission) => {
      await submitTasks(...submission);
      return vanish();
    });
    expect(await runs(id)).toMatchObject([{ state: 'pending' }]);
    expect(await tasksOf(id)).toBe(1);
    await editSchedule(contextOf(db, ada), {
      orgId: ada.orgId,
      scheduleId: id,
      input: { prompt: 'Something else' },
    });
    await fire(submitTasks, 0);
    expect(await runs(id)).toMatchObject([{ state: 'fired', task: 'queued' }]);
    expect(await tasksOf(id)).toBe(1);
  });
});

describe('after downtime', () => {
  test('the latest missed occurrence fires and says that it catches up; the earlier ones do not', async () => {
    const id = await schedule(ada, { cron: '* * * * *' });
    await due(id, `date_trunc('minute', now()) - interval '3 days'`);
    await fire();
    const found = await runs(id);
    expect(found).toMatchObject([{ state: 'fired', reason: expect.stringMatching(/^Catches up/) }]);
    expect(Date.now() - found[0].nominal_at.getTime()).toBeLessThan(70_000);
    expect(await row(id)).toMatchObject({ ahead: true });
  });

  test('a schedule that skips records the missed occurrence and waits for the next', async () => {
    const id = await schedule(ada, { catchUp: 'skip' });
    await due(id, `'2026-01-01T00:00:00+01:00'`);
    await fire();
    expect(await runs(id)).toMatchObject([{ state: 'skipped', task_id: null }]);
    expect(await row(id)).toMatchObject({ state: 'active', ahead: true });
    expect(await tasksOf(id)).toBe(0);
  });
});

test('a schedule that can no longer be read is paused with the reason and holds up no other', async () => {
  const [broken, other] = [await schedule(), await schedule()];
  await db.admin.query(`update schedules set time_zone = 'Gone/Zone' where id = $1`, [broken]);
  await due(broken);
  await due(other);
  await fire();
  expect(await runs(other)).toMatchObject([{ state: 'fired' }]);
  expect(await runs(broken)).toMatchObject([{ state: 'skipped', task_id: null }]);
  expect(await row(broken)).toMatchObject({
    state: 'paused',
    paused_reason: expect.stringMatching(/no longer be read/),
  });
});

test('one occurrence that is refused spoils none of those submitted with it', async () => {
  const ids = await Promise.all(Array.from({ length: 5 }, () => schedule()));
  const [bad = '', ...good] = ids;
  await db.admin.query(`update schedules set input = '{}' where id = $1`, [bad]);
  await db.admin.query(`update schedules set next_run_at = date_trunc('minute', now())`);
  await fire();
  for (const id of good) expect(await runs(id)).toMatchObject([{ state: 'fired', task: 'queued' }]);
  expect(await runs(bad)).toMatchObject([
    { state: 'failed', reason: expect.stringMatching(/prompt/) },
  ]);
  expect(await row(bad)).toMatchObject({ state: 'paused' });
  const submitted = await Promise.all(ids.map(tasksOf));
  expect(submitted).toEqual([0, 1, 1, 1, 1]);
});

describe('the rights of the person it runs as', () => {
  test.each([
    ['removed', 'delete from memberships where org_id = $1 and user_id = $2'],
    ['a viewer', `update memberships set role = 'viewer' where org_id = $1 and user_id = $2`],
  ])(
    'hold at the moment of firing: once %s, the run fails and the schedule is paused with the reason',
    async (_what, statement) => {
      const bob = await signUp(db, 'bob');
      await join(db, bob, ada.orgId, 'member');
      const id = await schedule(bob);
      await due(id);
      await db.admin.query(statement, [ada.orgId, bob.actor.userId]);
      await fire();
      expect(await runs(id)).toMatchObject([
        { state: 'failed', reason: expect.stringMatching(/may no longer submit/) },
      ]);
      expect(await row(id)).toMatchObject({
        state: 'paused',
        next_run_at: null,
        paused_reason: expect.stringMatching(/may no longer submit/),
      });
      expect(await tasksOf(id)).toBe(0);
      const { rows } = await db.admin.query(
        `select actor_type, action from audit_entries where target_id = $1 order by id desc limit 1`,
        [id],
      );
      expect(rows).toEqual([{ actor_type: 'system', action: 'schedule.paused' }]);
    },
  );
});
