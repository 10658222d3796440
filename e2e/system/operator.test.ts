import { operatorRetryTask } from '@devsphere/shared/commands/operator/operator-retry-task.ts';
import { pauseQueue } from '@devsphere/shared/commands/operator/pause-queue.ts';
import { redriveDeadLetters } from '@devsphere/shared/commands/operator/redrive-dead-letters.ts';
import { resumeQueue } from '@devsphere/shared/commands/operator/resume-queue.ts';
import { previewRedrive } from '@devsphere/shared/queries/operator/preview-redrive.ts';
import { queueOverview } from '@devsphere/shared/queries/operator/queue-overview.ts';
import { eventually } from '@devsphere/shared/testing/eventually.ts';
import { operatorContextOf, signUpOperator } from '@devsphere/shared/testing/operators.ts';
import { signUp, type TestPerson, tokenOf } from '@devsphere/shared/testing/people.ts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ApiClient } from './client.ts';
import { type System, startSystem } from './start-system.ts';

const queue = 'tasks.claude';
const reason = 'because of a test';

let system: System;
let ada: TestPerson;
let client: ApiClient;
let operator: ReturnType<typeof operatorContextOf>;

beforeAll(async () => {
  system = await startSystem();
  ada = await signUp(system.db, 'ada');
  client = new ApiClient(system.api.url, await tokenOf(ada));
  operator = operatorContextOf(system.db, await signUpOperator(system.db, 'olga'));
});
afterAll(() => system.stop());

const submit = async () =>
  (await client.submit(ada.orgId, { kind: 'assistant.prompt', input: { prompt: 'Hello' } })).body
    .id as string;
const stateOf = async (taskId: string): Promise<string> =>
  (await system.db.admin.query('select state from tasks where id = $1', [taskId])).rows[0].state;
const overview = async () =>
  (await queueOverview(system.db.database, system.db.boss, operator.actor))[0];

describe('a paused queue', () => {
  test('is left alone by two workers within a second, through a restart, and drains when resumed', async () => {
    const first = await system.startWorker();
    await system.startWorker();
    const before = await submit();
    await eventually('the task ran', async () => (await stateOf(before)) === 'succeeded');

    await pauseQueue(operator, { queue, reason });
    await eventually('the promised second has passed', async () => {
      const at = (await overview())?.paused?.at;
      return at !== undefined && Date.now() - Date.parse(at) >= 1_000;
    });
    const waiting = await Promise.all([submit(), submit(), submit()]);
    await first.stop(0);
    const restarted = await system.startWorker();
    // Longer than the slow poll behind the notifications, which must not take anything either.
    await eventually(
      'they have waited',
      async () => ((await overview())?.oldestReadySeconds ?? 0) > 2.5,
    );
    expect(await Promise.all(waiting.map(stateOf))).toEqual(['queued', 'queued', 'queued']);
    expect(await overview()).toMatchObject({ ready: 3, active: 0, paused: { reason } });

    const resumedAt = performance.now();
    await resumeQueue(operator, { queue, reason });
    await eventually('all ran', async () =>
      (await Promise.all(waiting.map(stateOf))).every((state) => state === 'succeeded'),
    );
    expect(performance.now() - resumedAt).toBeLessThan(5_000);
    expect(await overview()).toMatchObject({ ready: 0, paused: null });
    await restarted.stop(0);
  });
});

test('flow and times of what ran are shown once pg-boss has counted them', async () => {
  await system.startWorker();
  await submit();
  // It counts ten seconds behind, so that late commits are not missed.
  const shown = await eventually(
    'a count',
    async () => {
      // Sooner than by itself; a count of less than two seconds would be of none.
      await system.db.admin.query(
        `update pgboss.queue set monitor_claim_on = '-infinity' where monitor_claim_on < now() - interval '2 seconds'`,
      );
      await system.db.boss.supervise();
      const seen = await overview();
      if (!seen?.completedPerMinute) return undefined;
      return seen.runSeconds ?? undefined;
    },
    30_000,
  );
  expect(shown.p95).toBeGreaterThanOrEqual(shown.p50);
}, 40_000);

describe('dead letters', () => {
  const fail = async () => {
    const response = await fetch(`${system.simulator.url}/_control/faults`, {
      method: 'POST',
      body: JSON.stringify({ kind: 'status', status: 400, times: 1 }),
    });
    expect(response.ok).toBe(true);
    const taskId = await submit();
    await eventually('the task failed', async () => (await stateOf(taskId)) === 'failed');
    return taskId;
  };
  const preview = () => previewRedrive(system.db.database, operator.actor, 'tasks.claude.dead');

  test('go back to their queue exactly as previewed, and a stale preview does nothing', async () => {
    await system.startWorker();
    const first = await fail();
    const seen = await preview();
    expect(seen.redrivable.map(({ task }) => task?.taskId)).toEqual([first]);
    const second = await fail();

    await expect(
      redriveDeadLetters(operator, { queue, digest: seen.digest, reason }),
    ).rejects.toMatchObject({ code: 'preview_stale' });
    expect([await stateOf(first), await stateOf(second)]).toEqual(['failed', 'failed']);

    const { digest } = await preview();
    expect(await redriveDeadLetters(operator, { queue, digest, reason })).toBe(2);
    await eventually(
      'both ran',
      async () => (await stateOf(first)) === 'succeeded' && (await stateOf(second)) === 'succeeded',
    );
    expect(await preview()).toMatchObject({ redrivable: [], left: [], more: false });
  });

  test('are redriven once by two operators at the same moment', async () => {
    const taskId = await fail();
    const { digest } = await preview();
    const other = operatorContextOf(system.db, await signUpOperator(system.db, 'otto'));
    const answers = await Promise.allSettled(
      [operator, other].map((by) => redriveDeadLetters(by, { queue, digest, reason })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await eventually('it ran', async () => (await stateOf(taskId)) === 'succeeded');
    const { rows } = await system.db.admin.query(
      `select count(*)::int as n from operator_actions where action = 'dead_letters.redriven'`,
    );
    expect(rows[0].n).toBe(2);
  });

  test('disappear when the task is retried another way', async () => {
    const taskId = await fail();
    expect((await preview()).redrivable).toHaveLength(1);
    await operatorRetryTask(operator, { orgId: ada.orgId, taskId, reason });
    expect(await preview()).toMatchObject({ redrivable: [], left: [] });
    await eventually('it ran', async () => (await stateOf(taskId)) === 'succeeded');
  });
});
