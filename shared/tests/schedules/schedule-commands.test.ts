import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createSchedule } from '../../src/commands/create-schedule.ts';
import { deleteSchedule } from '../../src/commands/delete-schedule.ts';
import { editSchedule } from '../../src/commands/edit-schedule.ts';
import { pauseSchedule } from '../../src/commands/pause-schedule.ts';
import { resumeSchedule } from '../../src/commands/resume-schedule.ts';
import { runScheduleNow } from '../../src/commands/run-schedule-now.ts';
import type { ScheduleDetail } from '../../src/contracts/http/schedule.ts';
import { asActor, asSystem } from '../../src/db/doors.ts';
import { findScheduleOfTask } from '../../src/queries/find-schedule-of-task.ts';
import { getSchedule } from '../../src/queries/get-schedule.ts';
import { listScheduleRuns } from '../../src/queries/list-schedule-runs.ts';
import { listSchedules } from '../../src/queries/list-schedules.ts';
import { contextOf, join, signUp, type TestPerson } from '../../src/testing/people.ts';
import { createTestDatabase, type TestDatabase } from '../../src/testing/test-database.ts';

const body = {
  name: 'Morning news',
  kind: 'assistant.prompt',
  input: { prompt: 'What is new?' },
  cron: '0 9 * * MON-FRI',
  timeZone: 'Europe/Berlin',
};
let db: TestDatabase;
let ada: TestPerson;
let bob: TestPerson;
let viewer: TestPerson;
let stranger: TestPerson;

beforeAll(async () => {
  db = await createTestDatabase();
  [ada, bob, viewer, stranger] = await Promise.all([
    signUp(db, 'ada'),
    signUp(db, 'bob'),
    signUp(db, 'vera'),
    signUp(db, 'eve'),
  ]);
  await join(db, bob, ada.orgId, 'member');
  await join(db, viewer, ada.orgId, 'viewer');
});
afterAll(() => db.close());

async function make(changes: Partial<typeof body> = {}, key: string | null = null) {
  const { schedule } = await createSchedule(contextOf(db, ada), {
    ...body,
    ...changes,
    orgId: ada.orgId,
    idempotencyKey: key,
  });
  return schedule;
}
const target = ({ id }: ScheduleDetail) => ({ orgId: ada.orgId, scheduleId: id });
const audits = async (id: string) =>
  (
    await db.admin.query(
      'select action from audit_entries where target_id = $1 and target_type = $2 order by id',
      [id, 'schedule'],
    )
  ).rows.map(({ action }) => action);

test('a schedule says in words and dates when it runs, and each change is in the audit log', async () => {
  const schedule = await make();
  expect(schedule).toMatchObject({
    state: 'active',
    cronInWords: 'At 09:00, Monday through Friday',
    catchUp: 'once',
    runsAs: ada.actor.userId,
    lastRunAt: null,
  });
  expect(schedule.nextRuns).toHaveLength(5);
  expect(schedule.nextRuns[0]).toBe(schedule.nextRunAt);

  const paused = await pauseSchedule(contextOf(db, ada), target(schedule));
  expect(paused).toMatchObject({ state: 'paused', nextRunAt: null, nextRuns: [] });
  await pauseSchedule(contextOf(db, ada), target(schedule));
  const resumed = await resumeSchedule(contextOf(db, bob), target(schedule));
  expect(resumed).toMatchObject({
    state: 'active',
    nextRunAt: schedule.nextRunAt,
    runsAs: bob.actor.userId,
  });
  const edited = await editSchedule(contextOf(db, ada), {
    ...target(schedule),
    name: 'Evening news',
    cron: '0 18 * * *',
  });
  expect(edited).toMatchObject({
    name: 'Evening news',
    cronInWords: 'At 18:00',
    timeZone: 'Europe/Berlin',
    runsAs: ada.actor.userId,
  });
  expect(edited.nextRunAt).not.toBe(schedule.nextRunAt);
  await deleteSchedule(contextOf(db, ada), target(schedule));
  await expect(getSchedule(db.database, ada.actor, ada.orgId, schedule.id)).rejects.toMatchObject({
    code: 'not_found',
  });
  expect(await audits(schedule.id)).toEqual([
    'schedule.created',
    'schedule.paused',
    'schedule.resumed',
    'schedule.edited',
    'schedule.deleted',
  ]);
});

test('the same key and body make one schedule; another body is refused', async () => {
  const [first, second] = await Promise.all([make({}, 'once'), make({}, 'once')]);
  expect(second.id).toBe(first.id);
  await expect(make({ name: 'Other' }, 'once')).rejects.toMatchObject({
    code: 'idempotency_key_reused',
  });
});

describe('bad input is refused, field by field, and nothing is written', () => {
  test.each([
    ['61 minutes', { cron: '61 * * * *' }, 'cron'],
    ['31 February', { cron: '0 0 31 2 *' }, 'cron'],
    ['seconds', { cron: '* * * * * *' }, 'cron'],
    ['an unknown zone', { timeZone: 'Mars/Olympus' }, 'timeZone'],
    ['no name', { name: ' ' }, 'name'],
    ['an unknown kind', { kind: 'no.such' }, 'kind'],
    ['a bad input', { input: { prompt: '' } }, 'input.prompt'],
  ])('%s', async (_what, change, field) => {
    const before = await db.admin.query('select count(*) from schedules');
    await expect(make(change)).rejects.toMatchObject({ fields: [{ field }] });
    expect((await db.admin.query('select count(*) from schedules')).rows).toEqual(before.rows);
  });

  test('an edit can not make it bad either', async () => {
    const schedule = await make();
    for (const edit of [
      { cron: '61 * * * *' },
      { input: {} },
      { timeZone: 'Nowhere' },
      { kind: 'x' },
    ])
      await expect(
        editSchedule(contextOf(db, ada), { ...target(schedule), ...edit }),
      ).rejects.toMatchObject({ code: 'invalid_request' });
    expect(await getSchedule(db.database, ada.actor, ada.orgId, schedule.id)).toEqual(schedule);
  });
});

test('running now submits at once as the person who asks, once for each key, and shows in the history', async () => {
  const schedule = await make();
  const run = () =>
    runScheduleNow(contextOf(db, bob), { ...target(schedule), idempotencyKey: 'pressed' });
  const [first, second] = [await run(), await run()];
  expect(first).toMatchObject({ created: true, task: { createdBy: bob.actor.userId } });
  expect(second).toMatchObject({ created: false, task: { id: first.task.id } });
  const { runs } = await listScheduleRuns(db.database, ada.actor, target(schedule), { limit: 10 });
  expect(runs).toMatchObject([{ trigger: 'person', state: 'fired', taskId: first.task.id }]);
  expect(await findScheduleOfTask(db.database, viewer.actor, ada.orgId, first.task.id)).toEqual({
    id: schedule.id,
    name: schedule.name,
    trigger: 'person',
  });
  expect(
    await findScheduleOfTask(db.database, stranger.actor, ada.orgId, first.task.id),
  ).toBeNull();
  expect((await getSchedule(db.database, ada.actor, ada.orgId, schedule.id)).nextRunAt).toBe(
    schedule.nextRunAt,
  );
});

test('lists come in pages, newest first', async () => {
  const made = [await make(), await make(), await make()].map(({ id }) => id).reverse();
  const first = await listSchedules(db.database, ada.actor, ada.orgId, { limit: 2 });
  expect(first.schedules.map(({ id }) => id)).toEqual(made.slice(0, 2));
  const second = await listSchedules(db.database, ada.actor, ada.orgId, {
    limit: 1,
    before: first.nextCursor ?? '',
  });
  expect(second.schedules[0]?.id).toBe(made[2]);
});

describe('rights', () => {
  const commands = {
    edit: (person: TestPerson, schedule: ScheduleDetail) =>
      editSchedule(contextOf(db, person), { ...target(schedule), name: 'Mine' }),
    pause: (person: TestPerson, schedule: ScheduleDetail) =>
      pauseSchedule(contextOf(db, person), target(schedule)),
    resume: (person: TestPerson, schedule: ScheduleDetail) =>
      resumeSchedule(contextOf(db, person), target(schedule)),
    run: (person: TestPerson, schedule: ScheduleDetail) =>
      runScheduleNow(contextOf(db, person), { ...target(schedule), idempotencyKey: 'k' }),
    delete: (person: TestPerson, schedule: ScheduleDetail) =>
      deleteSchedule(contextOf(db, person), target(schedule)),
  };

  test.each(Object.entries(commands))(
    'a viewer may not %s, and a stranger learns nothing',
    async (_name, command) => {
      const schedule = await make();
      await expect(command(viewer, schedule)).rejects.toMatchObject({ code: 'forbidden' });
      await expect(command(stranger, schedule)).rejects.toMatchObject({ code: 'not_found' });
      expect(await getSchedule(db.database, viewer.actor, ada.orgId, schedule.id)).toEqual(
        schedule,
      );
    },
  );

  test('nobody can make a schedule that runs as somebody else', async () => {
    const schedule = await make();
    await expect(
      asActor(db.database, bob.actor, (tx) =>
        tx.query('update schedules set name = $2, runs_as = $3 where id = $1', [
          schedule.id,
          'x',
          ada.actor.userId,
        ]),
      ),
    ).rejects.toMatchObject({ code: '42501' });
  });

  test('the clock can not read what a schedule says, nor write an occurrence as fired', async () => {
    for (const statement of [
      'select input from schedules',
      'select name from schedules',
      'delete from schedules',
      'select input from tasks',
    ])
      await expect(
        asSystem(db.database, 'test', (tx) => tx.query(statement)),
      ).rejects.toMatchObject({ code: '42501' });
  });
});
