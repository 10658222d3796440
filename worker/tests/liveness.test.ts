import { createLogger } from '@devsphere/shared/log.ts';
import { listWorkers } from '@devsphere/shared/queries/operator/list-workers.ts';
import { startBoss } from '@devsphere/shared/queue/boss.ts';
import { eventually } from '@devsphere/shared/testing/eventually.ts';
import { operatorContextOf, signUpOperator } from '@devsphere/shared/testing/operators.ts';
import { createTestDatabase, type TestDatabase } from '@devsphere/shared/testing/test-database.ts';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { startHealthServer } from '../src/health-server.ts';
import { Controls } from '../src/intake/controls.ts';
import { Fetcher, type Taken } from '../src/intake/fetcher.ts';
import { Lookout } from '../src/intake/lookout.ts';
import { troubleReporter } from '../src/report-trouble.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

const log = createLogger('test', 'silent');
const nothing = { runs: [], waits: { more: false, unseen: false, dueMilliseconds: null } };
const fetcherThat = (take: () => Promise<Taken>) =>
  new Fetcher({
    queue: 'tasks.claude',
    slots: 1,
    take,
    controls: new Controls(),
    onDue: () => {},
    log,
  });

test('a loop whose database never answers is noticed, and one that rests is not', async () => {
  let looks = 0;
  const well = fetcherThat(async () => {
    looks += 1;
    return nothing;
  });
  const release: Array<() => void> = [];
  const wedged = fetcherThat(() => new Promise((resolve) => release.push(() => resolve(nothing))));
  well.start();
  wedged.start();
  await eventually('one has looked and the other waits', () => looks > 0 && release.length > 0);
  const before = wedged.busySeconds;
  await eventually('it still waits', () => wedged.busySeconds > before);
  expect(well.busySeconds).toBe(0);
  for (const answer of release) answer();
  await Promise.all([well.stop(), wedged.stop()]);
});

test('a lookout whose database never answers is noticed', async () => {
  const release: Array<() => void> = [];
  const lookout = new Lookout({
    look: () =>
      new Promise((resolve) =>
        release.push(() => resolve({ queues: [], scheduleMilliseconds: null })),
      ),
    onSight: () => {},
    log,
  });
  const looking = lookout.lookNow();
  await eventually('time goes by', () => lookout.secondsSinceLook > 0.1);
  const stuck = lookout.secondsSinceLook;
  for (const answer of release) answer();
  await looking;
  expect(lookout.secondsSinceLook).toBeLessThan(stuck);
  await lookout.stop();
});

test('a lookout that could not see for a while judges nobody until others had time to be heard of', async () => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask'] });
  const judged: boolean[] = [];
  let isAway = false;
  const lookout = new Lookout({
    look: async (judge) => {
      if (isAway) throw new Error('the database is away');
      judged.push(judge);
      return { queues: [], scheduleMilliseconds: null };
    },
    onSight: () => {},
    log,
  });
  try {
    await lookout.lookNow();
    isAway = true;
    await lookout.lookNow();
    isAway = false;
    await lookout.lookNow();
    await jest.advanceTimersByTimeAsync(9_900);
    expect([...new Set(judged.splice(1))]).toEqual([false]);
    await jest.advanceTimersByTimeAsync(2_000);
    expect(judged).toEqual([true, true]);
  } finally {
    await lookout.stop();
    jest.useRealTimers();
  }
});

test('a worker in trouble lives but is not ready, and says why', async () => {
  let trouble: string | null = null;
  const server = await startHealthServer(0, () => trouble);
  const ask = async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${server.port}${path}`);
    return { status: response.status, body: await response.json() };
  };
  expect(await ask('/readyz')).toMatchObject({ status: 200 });
  trouble = 'no look at the queue';
  expect(await ask('/readyz')).toMatchObject({ status: 503, body: { reason: trouble } });
  expect(await ask('/healthz')).toMatchObject({ status: 200 });
  expect(await ask('/elsewhere')).toMatchObject({ status: 404 });
  await server.stop();
});

test('a worker that lives and takes no work tells operators why, until it is over', async () => {
  const olga = operatorContextOf(db, await signUpOperator(db, 'olga'));
  const name = 'a-stuck-worker';
  const boss = await startBoss({
    url: db.url,
    name,
    maxConnections: 2,
    supervise: true,
    onError: (error) => {
      throw error;
    },
  });
  let reason: string | null = 'no look at the queue';
  const reporter = troubleReporter({ database: db.database, name, trouble: () => reason, log });
  const seen = async () =>
    (await listWorkers(db.database, boss, olga.actor)).find((worker) => worker.name === name);
  try {
    await reporter.lookNow();
    expect(await seen()).toMatchObject({ live: true, trouble: 'no look at the queue' });
    // What was told and never renewed is of a worker that is gone.
    await db.admin.query(`update worker_troubles set seen_at = seen_at - interval '1 minute'`);
    expect(await seen()).toMatchObject({ trouble: null });
    await reporter.lookNow();
    expect(await seen()).toMatchObject({ trouble: 'no look at the queue' });
    reason = null;
    await reporter.lookNow();
    expect(await seen()).toMatchObject({ live: true, trouble: null });
    expect((await db.admin.query('select from worker_troubles')).rows).toEqual([]);
  } finally {
    await boss.stop({ graceful: false });
  }
});
