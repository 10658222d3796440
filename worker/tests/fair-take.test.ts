import { createLogger } from '@devsphere/shared/log.ts';
import { createTestDatabase, type TestDatabase } from '@devsphere/shared/testing/test-database.ts';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { FairTake } from '../src/runner/fair-take.ts';
import { PlanLimits } from '../src/runner/plan-limits.ts';

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
  const limits = new PlanLimits(db.database, createLogger('test', 'silent'));
  return new FairTake({ boss: db.boss, db: db.boss.getDb(), queue, limits });
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
  expect(ofWhom(await worker().take<Ours>(30))).toEqual({ huge: 10, small: 10, third: 10 });
});

test('a small organisation gets every slot that gets free until it has its share, and waits no longer than half of the slots would take', async () => {
  await send(huge, 2_000);
  const [one, other] = [worker(), worker()];
  const running = [...(await one.take<Ours>(20)), ...(await other.take<Ours>(20))];
  expect(ofWhom(running)).toEqual({ huge: 40, small: 0, third: 0 });
  await send(small, 40);
  let [ended, smallEnded] = [0, 0];
  while (smallEnded < 40) {
    const [oldest] = running.splice(0, 1);
    if (!oldest) throw new Error('nothing runs');
    await db.boss.complete(queue, oldest.id);
    ended += 1;
    if (oldest.data.orgId === small) smallEnded += 1;
    running.push(...(await (ended % 2 ? one : other).take<Ours>(1)));
  }
  // With half of the slots it would be done when 80 have ended, and 40 of the huge one were running before it came.
  expect(ended).toBeLessThanOrEqual(40 + 80);
});

test('what nobody else wants an organisation may have beyond its share, up to its plan', async () => {
  await send(huge, 200);
  await send(small, 2);
  expect(ofWhom(await worker().take<Ours>(30))).toEqual({ huge: 28, small: 2, third: 0 });
  await db.boss.deleteAllJobs(queue);
  await send(huge, 200, 0, 'free');
  expect(ofWhom(await worker().take<Ours>(30))).toEqual({ huge: 5, small: 0, third: 0 });
});

test('the priorities of one organisation say nothing about those of another', async () => {
  await send(huge, 200, 100);
  await send(small, 20, -100);
  expect(ofWhom(await worker().take<Ours>(20))).toEqual({ huge: 10, small: 10, third: 0 });
});

test('one whose jobs all stand behind more than are looked at gets a share as well', async () => {
  await send(huge, 10_000);
  await send(small, 20);
  expect(ofWhom(await worker().take<Ours>(20))).toEqual({ huge: 10, small: 10, third: 0 });
}, 60_000);
