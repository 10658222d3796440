import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { operatorCancelTask } from '../../src/commands/operator/operator-cancel-task.ts';
import { pauseQueue } from '../../src/commands/operator/pause-queue.ts';
import { redriveDeadLetters } from '../../src/commands/operator/redrive-dead-letters.ts';
import { resumeQueue } from '../../src/commands/operator/resume-queue.ts';
import { submitTask } from '../../src/commands/submit-task.ts';
import { asActor } from '../../src/db/doors.ts';
import { listJobs } from '../../src/queries/operator/list-jobs.ts';
import { listOperatorActions } from '../../src/queries/operator/list-operator-actions.ts';
import { listWorkers } from '../../src/queries/operator/list-workers.ts';
import { previewRedrive } from '../../src/queries/operator/preview-redrive.ts';
import { queueOverview } from '../../src/queries/operator/queue-overview.ts';
import { operatorContextOf, signUpOperator } from '../../src/testing/operators.ts';
import { contextOf, join, signUp, type TestPerson } from '../../src/testing/people.ts';
import { createTestDatabase, type TestDatabase } from '../../src/testing/test-database.ts';

let db: TestDatabase;
let ada: TestPerson;
let olga: TestPerson;
let taskId: string;

beforeAll(async () => {
  db = await createTestDatabase();
  ada = await signUp(db, 'ada');
  olga = await signUpOperator(db, 'olga');
  const { task } = await submitTask(contextOf(db, ada), {
    kind: 'assistant.prompt',
    input: { prompt: 'a secret of Ada' },
    orgId: ada.orgId,
    idempotencyKey: null,
  });
  taskId = task.id;
});
afterAll(() => db.close());

const queue = 'tasks.claude';
const reason = 'because of a test';

describe('somebody who is no operator', () => {
  const everything = (person: TestPerson): Record<string, () => Promise<unknown>> => {
    const context = operatorContextOf(db, person);
    const { database, boss, actor } = context;
    const key = { orgId: ada.orgId, taskId };
    return {
      jobs: () => listJobs(database, actor, { queue, states: ['created'], before: null, limit: 5 }),
      actions: () => listOperatorActions(database, actor, { before: null, limit: 5 }),
      workers: () => listWorkers(database, boss, actor),
      preview: () => previewRedrive(database, actor, 'tasks.claude.dead'),
      overview: () => queueOverview(database, boss, actor),
      cancel: () => operatorCancelTask(context, { ...key, reason }),
      pause: () => pauseQueue(context, { queue, reason }),
      resume: () => resumeQueue(context, { queue, reason }),
      redrive: () => redriveDeadLetters(context, { queue, digest: '', reason }),
    };
  };

  test('finds nothing at any of the doors, an owner of an organisation included', async () => {
    for (const [name, attempt] of Object.entries(everything(ada)))
      await expect({ name, answer: attempt() }.answer).rejects.toMatchObject({ code: 'not_found' });
  });

  test('reads and writes nothing with the role alone', async () => {
    const actor = { type: 'operator' as const, userId: ada.actor.userId };
    for (const table of [
      'platform_operators',
      'queue_controls',
      'operator_actions',
      'organizations',
    ]) {
      const { rows } = await asActor(db.database, actor, (tx) =>
        tx.query(`select 1 from ${table}`),
      );
      expect({ table, rows }).toEqual({ table, rows: [] });
    }
    const changed = await asActor(db.database, actor, (tx) =>
      tx.query(`update tasks set state = 'cancelled', ended_at = now() where id = $1`, [taskId]),
    );
    expect(changed.rowCount).toBe(0);
    await expect(
      asActor(db.database, actor, (tx) =>
        tx.query(`insert into queue_controls (queue, paused_by, reason) values ('q', $1, 'why')`, [
          ada.actor.userId,
        ]),
      ),
    ).rejects.toMatchObject({ code: '42501' });
  });

  test('can not make themselves an operator', async () => {
    for (const type of ['person', 'operator'] as const)
      await expect(
        asActor(db.database, { type, userId: ada.actor.userId }, (tx) =>
          tx.query('insert into platform_operators (user_id) values ($1)', [ada.actor.userId]),
        ),
      ).rejects.toMatchObject({ code: '42501' });
  });
});

describe('an operator', () => {
  test('sees whose a job is and how it fares, and no word of what is in it', async () => {
    const { actor } = operatorContextOf(db, olga);
    const { jobs } = await listJobs(db.database, actor, {
      queue,
      states: ['created'],
      before: null,
      limit: 5,
    });
    expect(jobs[0]?.task).toMatchObject({
      taskId,
      kind: 'assistant.prompt',
      state: 'queued',
      organization: { slug: ada.slug },
    });
    expect(JSON.stringify(jobs)).not.toContain('secret');
  });

  test('is refused every column that holds content, by the database itself', async () => {
    const { actor } = operatorContextOf(db, olga);
    for (const column of ['title', 'input', 'output', 'error', 'progress', 'idempotency_key', '*'])
      await expect(
        asActor(db.database, actor, (tx) => tx.query(`select ${column} from tasks`)),
      ).rejects.toMatchObject({ code: '42501' });
    for (const table of ['task_events', 'task_steps', 'llm_calls', 'usage_entries', 'memberships'])
      await expect(
        asActor(db.database, actor, (tx) => tx.query(`select 1 from ${table}`)),
      ).rejects.toMatchObject({ code: '42501' });
  });

  test('has no more rights than others as a person, and loses theirs with the row', async () => {
    const gone = await signUpOperator(db, 'gone');
    const actor = operatorContextOf(db, gone).actor;
    await listOperatorActions(db.database, actor, { before: null, limit: 1 });
    await db.admin.query('delete from platform_operators where user_id = $1', [gone.actor.userId]);
    await expect(
      listOperatorActions(db.database, actor, { before: null, limit: 1 }),
    ).rejects.toMatchObject({ code: 'not_found' });
    const { rows } = await asActor(db.database, olga.actor, (tx) =>
      tx.query('select id from tasks where org_id = $1', [ada.orgId]),
    );
    expect(rows).toEqual([]);
  });

  test('can not change or forge the log of operators', async () => {
    const { actor } = operatorContextOf(db, olga);
    for (const statement of [
      'update operator_actions set reason = reason',
      'delete from operator_actions',
    ])
      await expect(asActor(db.database, actor, (tx) => tx.query(statement))).rejects.toMatchObject({
        code: '42501',
      });
    await expect(
      asActor(db.database, actor, (tx) =>
        tx.query(
          `insert into operator_actions (id, operator_id, action, target, reason)
           values (gen_random_uuid(), $1, 'queue.paused', 'q', 'forged')`,
          [ada.actor.userId],
        ),
      ),
    ).rejects.toMatchObject({ code: '42501' });
  });

  test('who cancels a task leaves a reason with the operators and a trace with the organisation', async () => {
    await join(db, ada, ada.orgId, 'owner');
    await operatorCancelTask(operatorContextOf(db, olga), { orgId: ada.orgId, taskId, reason });
    const { rows: audit } = await asActor(db.database, ada.actor, (tx) =>
      tx.query(
        `select actor_type, actor_id, detail from audit_entries where action = 'task.cancelled'`,
      ),
    );
    expect(audit).toEqual([{ actor_type: 'operator', actor_id: olga.actor.userId, detail: {} }]);
    const { actions } = await listOperatorActions(db.database, operatorContextOf(db, olga).actor, {
      before: null,
      limit: 5,
    });
    expect(actions[0]).toMatchObject({
      action: 'task.cancelled',
      target: taskId,
      organization: ada.slug,
      by: 'olga',
      reason,
    });
  });

  test('without a reason does nothing', async () => {
    const context = operatorContextOf(db, olga);
    for (const bad of ['', '  x  ', 'a'.repeat(501)])
      await expect(pauseQueue(context, { queue, reason: bad })).rejects.toMatchObject({
        code: 'invalid_request',
        fields: [{ field: 'reason' }],
      });
    expect((await db.admin.query('select 1 from queue_controls')).rows).toEqual([]);
  });

  test('pauses a queue once, resumes it once, and no queue that does not exist', async () => {
    const context = operatorContextOf(db, olga);
    await pauseQueue(context, { queue, reason });
    await expect(pauseQueue(context, { queue, reason })).rejects.toMatchObject({
      code: 'conflict',
    });
    const [shown] = await queueOverview(db.database, db.boss, context.actor);
    expect(shown?.paused).toMatchObject({ by: 'olga', reason });
    await resumeQueue(context, { queue, reason });
    await expect(resumeQueue(context, { queue, reason })).rejects.toMatchObject({
      code: 'conflict',
    });
    await expect(pauseQueue(context, { queue: 'nope', reason })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});
