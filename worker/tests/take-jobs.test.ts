import { setConcurrency } from '@devsphere/shared/commands/operator/set-concurrency.ts';
import { pauseOrganization } from '@devsphere/shared/commands/pausing/pause-organization.ts';
import { resumeOrganization } from '@devsphere/shared/commands/pausing/resume-organization.ts';
import { asSeveral, asSystem } from '@devsphere/shared/db/doors.ts';
import { operatorContextOf, signUpOperator } from '@devsphere/shared/testing/operators.ts';
import { contextOf, signUp } from '@devsphere/shared/testing/people.ts';
import { createTestDatabase, type TestDatabase } from '@devsphere/shared/testing/test-database.ts';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { Controls } from '../src/intake/controls.ts';
import { takeJobs } from '../src/intake/take-jobs.ts';
import type { TakenJob } from '../src/intake/taken-job.ts';

const queue = 'tasks.claude';
const [huge, small, third] = [
  '10000000-0000-4000-8000-000000000001',
  '20000000-0000-4000-8000-000000000002',
  '30000000-0000-4000-8000-000000000003',
];
type Ours = { orgId: string };
let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());
beforeEach(() => db.boss.deleteAllJobs(queue));

const send = (orgId: string, count: number, priority = 0, tier = 'scale') =>
  db.boss.insert(
    queue,
    Array.from({ length: count }, () => ({
      data: { orgId },
      priority,
      group: { id: orgId, tier },
    })),
  );
const worker = () => {
  const controls = new Controls();
  let behind = '';
  return {
    take: async (free: number): Promise<TakenJob<Ours>[]> => {
      await asSystem(db.database, 'test', (tx) => controls.read(tx));
      const { limits } = controls;
      if (!limits) throw new Error('the limits were read');
      return asSeveral(db.database, { type: 'queue' }, async (tx) => {
        const { jobs, last } = await takeJobs<Ours>(tx, queue, free, limits, behind);
        behind = last;
        return jobs;
      });
    },
  };
};
const ofWhom = (jobs: ReadonlyArray<{ data: Ours }>) => ({
  huge: jobs.filter(({ data }) => data.orgId === huge).length,
  small: jobs.filter(({ data }) => data.orgId === small).length,
  third: jobs.filter(({ data }) => data.orgId === third).length,
});

test('a worker that starts behind a herd shares its slots out equally, however many jobs came first', async () => {
  await send(huge, 2_000);
  await send(small, 20);
  await send(third, 20);
  expect(ofWhom(await worker().take(30))).toEqual({ huge: 10, small: 10, third: 10 });
});

test('a small organisation gets every slot that gets free until it has its share, and waits no longer than half of the slots would take', async () => {
  await send(huge, 2_000);
  const [one, other] = [worker(), worker()];
  const running = [...(await one.take(20)), ...(await other.take(20))];
  expect(ofWhom(running)).toEqual({ huge: 40, small: 0, third: 0 });
  await send(small, 40);
  let [ended, smallEnded] = [0, 0];
  while (smallEnded < 40) {
    const [oldest] = running.splice(0, 1);
    if (!oldest) throw new Error('nothing runs');
    await db.boss.complete(queue, oldest.id);
    ended += 1;
    if (oldest.data.orgId === small) smallEnded += 1;
    running.push(...(await (ended % 2 ? one : other).take(1)));
  }
  // With half of the slots it would be done when 80 have ended, and 40 of the huge one were running before it came.
  expect(ended).toBeLessThanOrEqual(40 + 80);
});

test('what nobody else wants an organisation may have beyond its share, up to its plan', async () => {
  await send(huge, 200);
  await send(small, 2);
  expect(ofWhom(await worker().take(30))).toEqual({ huge: 28, small: 2, third: 0 });
  await db.boss.deleteAllJobs(queue);
  await send(huge, 200, 0, 'free');
  expect(ofWhom(await worker().take(30))).toEqual({ huge: 5, small: 0, third: 0 });
});

test('what operators set holds instead of the plan, in both directions', async () => {
  const [more, less] = [await signUp(db, 'more'), await signUp(db, 'less')];
  const operator = operatorContextOf(db, await signUpOperator(db, 'olga'));
  const set = (orgId: string, concurrentTasks: number) =>
    setConcurrency(operator, { orgId, concurrentTasks, reason: 'because of a test' });
  await set(more.orgId, 12);
  await set(less.orgId, 2);
  await send(more.orgId, 40, 0, 'free');
  await send(less.orgId, 40, 0, 'scale');
  const taken = await worker().take(30);
  const of = (orgId: string) => taken.filter(({ data }) => data.orgId === orgId).length;
  expect([of(more.orgId), of(less.orgId)]).toEqual([12, 2]);
});

test('the priorities of one organisation say nothing about those of another', async () => {
  await send(huge, 200, 100);
  await send(small, 20, -100);
  expect(ofWhom(await worker().take(20))).toEqual({ huge: 10, small: 10, third: 0 });
});

test('of more organisations than one look sees all are served in turn', async () => {
  const orgs = Array.from(
    { length: 250 },
    (_, index) => `40000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
  );
  for (const orgId of orgs) await send(orgId, 3);
  const one = worker();
  const served = new Set<string>();
  for (let round = 0; round < 13; round += 1)
    for (const { data } of await one.take(20)) served.add(data.orgId);
  expect(served.size).toBe(250);
});

test('however many organisations may not run now, those behind them are served', async () => {
  const stuck = Array.from(
    { length: 150 },
    (_, index) => `40000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
  );
  for (const orgId of stuck) await send(orgId, 2, 0, 'free');
  // All that they may have runs already.
  await db.admin.query(
    `insert into pgboss.job (name, data, group_id, state, started_on)
     select $1, '{}', org, 'active', now() from unnest($2::text[]) as org, generate_series(1, 5)`,
    [queue, stuck],
  );
  const behind = '50000000-0000-4000-8000-000000000000';
  await send(behind, 1);
  const one = worker();
  const taken = [...(await one.take(5)), ...(await one.take(5))];
  expect(taken.map(({ data }) => data.orgId)).toEqual([behind]);
});

test('what an organisation that is paused has waiting is passed by', async () => {
  const ada = await signUp(db, 'ada');
  await pauseOrganization(contextOf(db, ada), { orgId: ada.orgId });
  await send(ada.orgId, 5);
  await send(small, 5);
  expect(ofWhom(await worker().take(10))).toEqual({ huge: 0, small: 5, third: 0 });
  await resumeOrganization(contextOf(db, ada), { orgId: ada.orgId });
  expect(await worker().take(10)).toHaveLength(5);
});

test('two workers that look at the same moment take different jobs, and all of them', async () => {
  await send(huge, 40);
  const [one, other] = await Promise.all([worker().take(20), worker().take(20)]);
  expect(new Set([...one, ...other].map(({ id }) => id)).size).toBe(one.length + other.length);
  expect(one.length + other.length).toBe(40);
});

test('a later delivery has a higher number, and a job for later is not taken', async () => {
  await send(huge, 1);
  const [first] = await worker().take(5);
  await db.admin.query(`update pgboss.job set state = 'retry', start_after = now() where id = $1`, [
    first?.id,
  ]);
  const [second] = await worker().take(5);
  expect([first?.retryCount, second?.retryCount]).toEqual([0, 1]);
  await db.boss.send(queue, { orgId: huge }, { startAfter: 60, group: { id: huge } });
  expect(await worker().take(5)).toEqual([]);
});
