import { asSeveral, asSystem, type SharedTx } from '@devsphere/shared/db/doors.ts';
import { cancelTaskJobs } from '@devsphere/shared/queue/cancel-task-jobs.ts';
import { createTestDatabase, type TestDatabase } from '@devsphere/shared/testing/test-database.ts';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { Controls } from '../src/intake/controls.ts';
import { takeJobs } from '../src/intake/take-jobs.ts';
import { takeServiceJobs } from '../src/intake/take-service-jobs.ts';
import type { Claim } from '../src/runner/claim.ts';
import { returnJob } from '../src/runner/return-job.ts';
import { completeJobs } from '../src/runner/settle-successes.ts';

const queue = 'tasks.claude';
let db: TestDatabase;
let limits: NonNullable<Controls['limits']>;
beforeAll(async () => {
  db = await createTestDatabase();
  const controls = new Controls();
  await asSystem(db.database, 'test', (tx) => controls.read(tx));
  if (!controls.limits) throw new Error('the limits were read');
  limits = controls.limits;
});
afterAll(() => db.close());
beforeEach(() => db.boss.deleteAllJobs(queue));

const asQueue = <T>(work: (tx: SharedTx) => Promise<T>) =>
  asSeveral(db.database, { type: 'queue' }, work);

/** A job that somebody has; what is done to it by the library and by us must leave the same row. */
async function active(): Promise<string> {
  const id = await db.boss.send(queue, { n: 1 }, { group: { id: 'a', tier: 'free' } });
  await db.boss.fetch(queue);
  return id ?? '';
}

async function rowOf(id: string): Promise<Record<string, unknown>> {
  const { rows } = await db.admin.query('select * from pgboss.job where id = $1', [id]);
  const moments = ['created_on', 'started_on', 'completed_on', 'heartbeat_on', 'start_after'];
  const row: Record<string, unknown> = { ...rows[0], keep_until: null, id: null };
  for (const moment of moments) row[moment] = row[moment] === null ? null : 'a moment';
  return row;
}

async function bothLeaveTheSame(
  theirs: (id: string) => Promise<unknown>,
  ours: (id: string, tx: SharedTx) => Promise<unknown>,
): Promise<void> {
  const [one, other] = [await active(), await active()];
  await theirs(one);
  await asQueue((tx) => ours(other, tx));
  expect(await rowOf(other)).toEqual(await rowOf(one));
}

test('a job we complete looks as one that the library completed', () =>
  bothLeaveTheSame(
    (id) => db.boss.complete(queue, { id, retryCount: 0 }, { outcome: 'succeeded' }),
    (jobId, tx) => {
      const claim = { queue, jobId, delivery: 0 } as Claim;
      return completeJobs(tx, [{ claim, output: {}, events: [] }]);
    },
  ));

test('a job we cancel looks as one that the library cancelled', () =>
  bothLeaveTheSame(
    (id) => db.boss.cancel(queue, id),
    (id, tx) => cancelTaskJobs(tx, queue, [id]),
  ));

test('a job we put back looks as one that the library lets wait for its retry', () =>
  bothLeaveTheSame(
    (id) => db.boss.fail(queue, { id, retryCount: 0 }, { code: 'x' }),
    (id, tx) => returnJob(tx, { queue, id, delivery: 0 }, 0, { code: 'x' }),
  ));

test('a job we take looks as one that the library fetched, the first time and again', async () => {
  for (const take of [
    () => asQueue((tx) => takeJobs(tx, queue, 1, limits, '')),
    () => takeServiceJobs(db.database, queue, 1),
  ]) {
    await db.boss.deleteAllJobs(queue);
    const group = { id: 'a', tier: 'free' };
    const theirs = (await db.boss.send(queue, { n: 1 }, { group })) ?? '';
    const fetch = async () => expect(await db.boss.fetch(queue)).toHaveLength(1);
    const ours = async () => expect((await take()).jobs).toHaveLength(1);
    await fetch();
    const mine = (await db.boss.send(queue, { n: 1 }, { group })) ?? '';
    await ours();
    expect(await rowOf(mine)).toEqual(await rowOf(theirs));
    await db.boss.fail(queue, { id: theirs, retryCount: 0 }, {});
    await fetch();
    await db.boss.fail(queue, { id: mine, retryCount: 0 }, {});
    await ours();
    expect(await rowOf(mine)).toEqual(await rowOf(theirs));
  }
});

test('a delivery that is not ours any more can neither be completed nor put back', async () => {
  const id = await active();
  const claim = { queue, jobId: id, delivery: 1 } as Claim;
  await expect(
    asQueue((tx) => completeJobs(tx, [{ claim, output: {}, events: [] }])),
  ).rejects.toMatchObject({ code: 'DS410' });
  expect(await asQueue((tx) => returnJob(tx, { queue, id, delivery: 1 }, 0, {}))).toBe(0);
  expect(await rowOf(id)).toMatchObject({ state: 'active', retry_count: 0 });
});

test('a job that was held a thousand times is still delivered again when its next worker vanishes', async () => {
  const id = await active();
  const held = 1_000;
  await db.admin.query('update pgboss.job set retry_count = $2 where id = $1', [id, held]);
  await asQueue((tx) => returnJob(tx, { queue, id, delivery: held }, 0, {}));
  expect(await db.boss.fetch(queue)).toMatchObject([{ id, retryCount: held + 1 }]);
  await db.admin.query(
    `update pgboss.job set started_on = now() - interval '1 day', heartbeat_on = now() - interval '1 day' where id = $1`,
    [id],
  );
  await db.boss.supervise(queue);
  expect(await rowOf(id)).toMatchObject({ state: 'retry' });
});
