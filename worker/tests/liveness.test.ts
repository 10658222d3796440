import { createLogger } from '@devsphere/shared/log.ts';
import { listWorkers } from '@devsphere/shared/queries/operator/list-workers.ts';
import { startBoss } from '@devsphere/shared/queue/boss.ts';
import { eventually } from '@devsphere/shared/testing/eventually.ts';
import { operatorContextOf, signUpOperator } from '@devsphere/shared/testing/operators.ts';
import { createTestDatabase, type TestDatabase } from '@devsphere/shared/testing/test-database.ts';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Db } from 'pg-boss';
import { startHealthServer } from '../src/health-server.ts';
import { troubleReporter } from '../src/report-trouble.ts';
import { Fetcher } from '../src/runner/fetcher.ts';
import { PausedQueues } from '../src/runner/paused-queues.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

const log = createLogger('test', 'silent');
const fetcherOn = (of: Db) =>
  new Fetcher({
    boss: db.boss,
    db: of,
    queue: 'tasks.claude',
    slots: 1,
    run: async () => {},
    paused: new PausedQueues(db.database, log),
    log,
  });

test('a loop that looks for work says so, and one whose database never answers does not', async () => {
  const well = fetcherOn(db.boss.getDb());
  const release: Array<() => void> = [];
  const hanging: Db = {
    executeSql: () => new Promise((resolve) => release.push(() => resolve({ rows: [] }))),
  };
  const wedged = fetcherOn(hanging);
  well.start();
  wedged.start();
  await eventually('it waits for an answer', () => release.length > 0);
  const before = wedged.secondsSinceLook;
  await eventually('the other has looked', () => {
    well.wake();
    return well.secondsSinceLook < wedged.secondsSinceLook;
  });
  expect(wedged.secondsSinceLook).toBeGreaterThan(before);
  for (const answer of release) answer();
  let stopped = false;
  void wedged.stop().then(() => {
    stopped = true;
  });
  await eventually('it stopped', () => {
    for (const answer of release.splice(0)) answer();
    return stopped;
  });
  await well.stop();
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
