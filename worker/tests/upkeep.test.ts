import { randomUUID } from 'node:crypto';
import { submitTask } from '@devsphere/shared/commands/submit-task.ts';
import { asActor, asSystem } from '@devsphere/shared/db/doors.ts';
import { createLogger } from '@devsphere/shared/log.ts';
import { serviceQueues } from '@devsphere/shared/queue/service-queues.ts';
import type { UpkeepPayload } from '@devsphere/shared/queue/upkeep-queue.ts';
import { contextOf, signUp, type TestPerson } from '@devsphere/shared/testing/people.ts';
import { createTestDatabase, type TestDatabase } from '@devsphere/shared/testing/test-database.ts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventRetention } from '../src/upkeep/clear-old-events.ts';
import { requestUpkeep } from '../src/upkeep/request-upkeep.ts';
import { usageRollUp } from '../src/upkeep/roll-up-usage.ts';
import { runUpkeep } from '../src/upkeep/run-upkeep.ts';
import { upkeepJobs } from '../src/upkeep/upkeep-jobs.ts';

let db: TestDatabase;
let ada: TestPerson;
const log = createLogger('test', 'silent');

beforeAll(async () => {
  db = await createTestDatabase();
  ada = await signUp(db, 'ada');
});
afterAll(() => db.close());

/** A task that ended so many days ago, with streamed text and its last event. */
async function endedTask(daysAgo: number): Promise<string> {
  const { task } = await submitTask(contextOf(db, ada), {
    kind: 'assistant.prompt',
    input: { prompt: 'What is new?' },
    orgId: ada.orgId,
    idempotencyKey: null,
  });
  const at = `now() - interval '${daysAgo} days'`;
  await db.admin.query(`update tasks set state = 'cancelled', ended_at = ${at} where id = $1`, [
    task.id,
  ]);
  await db.admin.query(
    `insert into task_events (org_id, task_id, seq, type, data, created_at)
     select $1, $2, n, case when n = 5 then 'task.ended' else 'text' end, '{}', ${at} from generate_series(1, 5) n`,
    [ada.orgId, task.id],
  );
  return task.id;
}
const events = async (taskId: string) =>
  (await db.admin.query('select type from task_events where task_id = $1 order by seq', [taskId]))
    .rows.length;

async function usage(day: string, cost: number): Promise<void> {
  const id = randomUUID();
  const taskId = await endedTask(0);
  await db.admin.query(
    `insert into llm_calls (org_id, id, task_id, attempt, step_key, model) values ($1, $2, $3, 1, 'k', 'm')`,
    [ada.orgId, id, taskId],
  );
  await db.admin.query(
    `insert into usage_entries (org_id, id, task_id, llm_call_id, provider_request_id, kind, model, input_tokens,
       cache_read_tokens, cache_write_tokens, output_tokens, cost_nano_usd, simulated, created_at)
     values ($1, $2, $3, $2, $4, 'assistant.prompt', 'm', 10, 0, 0, 5, $5, true, ${day})`,
    [ada.orgId, id, taskId, id, cost],
  );
}

describe('retention', () => {
  test('clears the streamed text of tasks that ended long ago, and nothing else', async () => {
    const [old, young] = [await endedTask(40), await endedTask(10)];
    const { runOnce } = eventRetention(db.database);
    expect(await runOnce()).toEqual({ tasks: 1, events: 4 });
    expect([await events(old), await events(young)]).toEqual([1, 5]);
    expect(await runOnce()).toEqual({ tasks: 0, events: 0 });
  });

  test('keeps it as long as the plan of the organisation says', async () => {
    const task = await endedTask(40);
    await db.admin.query(`update organizations set plan = 'pro' where org_id = $1`, [ada.orgId]);
    await eventRetention(db.database).runOnce();
    expect(await events(task)).toBe(5);
    await db.admin.query(`update organizations set plan = 'free' where org_id = $1`, [ada.orgId]);
    await eventRetention(db.database).runOnce();
    expect(await events(task)).toBe(1);
  });

  test('can never clear what is younger than a week, nor can a plan say so', async () => {
    const recent = await endedTask(2);
    await asSystem(db.database, 'test', (tx) =>
      tx.query('delete from task_events where task_id = $1', [recent]),
    );
    expect(await events(recent)).toBe(5);
    await expect(db.admin.query('update plans set event_retention_days = 6')).rejects.toMatchObject(
      { constraint: 'plans_retention_bounded' },
    );
  });
});

describe('the roll-up of usage', () => {
  test('adds up by day, kind and model, and counts nothing twice when it runs again', async () => {
    await usage('now()', 100);
    await usage('now()', 200);
    await usage(`now() - interval '1 day'`, 50);
    const { runOnce } = usageRollUp(db.database);
    await runOnce();
    await usage('now()', 400);
    await runOnce();
    const rows = await asActor(db.database, ada.actor, (tx) =>
      tx.query(
        'select kind, model, calls, input_tokens, cost_nano_usd from usage_days where org_id = $1 order by day desc',
        [ada.orgId],
      ),
    );
    expect(rows.rows).toEqual([
      { kind: 'assistant.prompt', model: 'm', calls: 3, input_tokens: 30, cost_nano_usd: 700 },
      { kind: 'assistant.prompt', model: 'm', calls: 1, input_tokens: 10, cost_nano_usd: 50 },
    ]);
  });
});

describe('upkeep jobs', () => {
  const queued = async () =>
    db.boss.fetch<UpkeepPayload>(serviceQueues.upkeep.name, { batchSize: 100 });

  test('are asked for once per slot, however many workers ask, and run to their end', async () => {
    const jobs = upkeepJobs({ database: db.database, boss: db.boss, files: null });
    const workers = [1, 2, 3].map(() => requestUpkeep(db.boss, jobs));
    await Promise.all(workers.map(({ runOnce }) => runOnce()));
    for (const { runOnce } of workers) await runOnce();
    const found = await queued();
    expect(found.map(({ data }) => data.job).sort()).toEqual(jobs.map(({ name }) => name).sort());
    for (const job of found) await runUpkeep({ boss: db.boss, jobs, log }, job);
    const { rows } = await db.admin.query(
      `select distinct state::text from pgboss.job where name = $1`,
      [serviceQueues.upkeep.name],
    );
    expect(rows).toEqual([{ state: 'completed' }]);
    // A worker that starts later in the same slot finds it taken.
    await requestUpkeep(db.boss, jobs).runOnce();
    expect(await queued()).toEqual([]);
  });

  test('that fail are tried again by the queue', async () => {
    const failing = {
      name: 'failing',
      everySeconds: 60,
      runOnce: () => Promise.reject(new Error('no')),
    };
    await requestUpkeep(db.boss, [failing]).runOnce();
    const [job] = await queued();
    if (job) await runUpkeep({ boss: db.boss, jobs: [failing], log }, job);
    const { rows } = await db.admin.query('select state::text from pgboss.job where id = $1', [
      job?.id,
    ]);
    expect(rows).toEqual([{ state: 'retry' }]);
  });

  test('see neither what a task says nor who asked', async () => {
    for (const column of ['input', 'output', 'title', 'created_by'])
      await expect(
        asSystem(db.database, 'test', (tx) => tx.query(`select ${column} from tasks`)),
      ).rejects.toMatchObject({ code: '42501' });
  });
});
