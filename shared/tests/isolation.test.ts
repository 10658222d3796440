import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { submitTask } from '../src/commands/submit-task.ts';
import type { Actor } from '../src/db/actor.ts';
import { asActor } from '../src/db/doors.ts';
import { contextOf, join, signUp, type TestPerson } from '../src/testing/people.ts';
import { createTestDatabase, type TestDatabase } from '../src/testing/test-database.ts';

const tenantTables = [
  'organizations',
  'memberships',
  'tasks',
  'task_attempts',
  'task_events',
  'task_steps',
  'llm_calls',
  'usage_entries',
  'audit_entries',
  'schedules',
  'schedule_runs',
  'usage_days',
];
const writable = [
  'tasks',
  'task_attempts',
  'task_events',
  'task_steps',
  'llm_calls',
  'usage_entries',
  'audit_entries',
  'schedules',
  'schedule_runs',
  'usage_days',
];

let db: TestDatabase;
let ada: TestPerson;
let eve: TestPerson;
let taskId: string;

beforeAll(async () => {
  db = await createTestDatabase();
  ada = await signUp(db, 'ada');
  eve = await signUp(db, 'eve');
  const { task } = await submitTask(contextOf(db, ada), {
    kind: 'assistant.prompt',
    input: { prompt: 'secret' },
    orgId: ada.orgId,
    idempotencyKey: null,
  });
  taskId = task.id;
  await db.admin.query(
    `insert into task_attempts (org_id, task_id, attempt, worker, job_id, delivery) values ($1, $2, 1, 'w', $2, 0)`,
    [ada.orgId, taskId],
  );
  await db.admin.query(
    `insert into task_events (org_id, task_id, seq, type, data) values ($1, $2, 1, 'text', '{}')`,
    [ada.orgId, taskId],
  );
  await db.admin.query(
    `insert into task_steps (org_id, task_id, key, title, attempt, output, started_at) values ($1, $2, 'k', 't', 1, '{}', now())`,
    [ada.orgId, taskId],
  );
  await db.admin.query(
    `insert into llm_calls (org_id, id, task_id, attempt, step_key, model) values ($1, $2, $2, 1, 'k', 'm')`,
    [ada.orgId, taskId],
  );
  await db.admin.query(
    `insert into usage_entries (org_id, id, task_id, llm_call_id, provider_request_id, kind, model, input_tokens, cache_read_tokens, cache_write_tokens, output_tokens, cost_nano_usd, simulated)
     values ($1, $2, $2, $2, 'r', 'k', 'm', 1, 0, 0, 1, 1, true)`,
    [ada.orgId, taskId],
  );
  await db.admin.query(
    `insert into schedules (org_id, id, name, kind, input, cron, time_zone, runs_as, created_by, request_hash)
     values ($1, $2, 'n', 'assistant.prompt', '{}', '* * * * *', 'UTC', $3, $3, 'h')`,
    [ada.orgId, taskId, ada.actor.userId],
  );
  await db.admin.query(
    `insert into schedule_runs (org_id, schedule_id, nominal_at, trigger, state, runs_as) values ($1, $2, now(), 'clock', 'pending', $3)`,
    [ada.orgId, taskId, ada.actor.userId],
  );
  await db.admin.query(
    `insert into usage_days (org_id, day, kind, model, simulated, calls, input_tokens, cache_read_tokens, cache_write_tokens, output_tokens, cost_nano_usd)
     values ($1, '2026-01-01', 'k', 'm', true, 1, 1, 0, 0, 1, 1)`,
    [ada.orgId],
  );
});
afterAll(() => db.close());

/** How many rows of Ada's organisation an actor can read. */
const visible = (actor: Actor, table: string) =>
  asActor(
    db.database,
    actor,
    async (tx) =>
      (
        await tx.query<{ n: number }>(`select count(*)::int as n from ${table} where org_id = $1`, [
          ada.orgId,
        ])
      ).rows[0]?.n,
  );

describe.each(tenantTables)('%s', (table) => {
  test('a member reads it, a stranger reads no row of it', async () => {
    expect(await visible(ada.actor, table)).toBeGreaterThan(0);
    expect(await visible(eve.actor, table)).toBe(0);
  });

  test('a member who was removed reads nothing from the next statement on', async () => {
    const bob = await signUp(db, 'bob');
    await join(db, bob, ada.orgId, 'owner');
    expect(await visible(bob.actor, table)).toBeGreaterThan(0);
    await db.admin.query('delete from memberships where org_id = $1 and user_id = $2', [
      ada.orgId,
      bob.actor.userId,
    ]);
    expect(await visible(bob.actor, table)).toBe(0);
  });

  test("a person with nobody's id, or none, reads nothing", async () => {
    expect(
      await visible({ type: 'person', userId: '00000000-0000-4000-8000-000000000000' }, table),
    ).toBe(0);
    expect(await visible({ type: 'person', userId: '' }, table)).toBe(0);
  });
});

describe.each(writable)('%s', (table) => {
  test('a bare update or delete of a stranger changes no row, moving to their own organisation included', async () => {
    const before = (
      await db.admin.query(
        `select md5(string_agg(t::text, '' order by t::text)) as digest from ${table} t`,
      )
    ).rows;
    for (const statement of [
      `update ${table} set org_id = '${eve.orgId}'`,
      `update ${table} set created_at = now()`,
      `delete from ${table}`,
      `truncate ${table}`,
    ]) {
      await asActor(db.database, eve.actor, (tx) => tx.query(statement)).catch(() => {});
    }
    expect(
      (
        await db.admin.query(
          `select md5(string_agg(t::text, '' order by t::text)) as digest from ${table} t`,
        )
      ).rows,
    ).toEqual(before);
  });
});

describe('a task', () => {
  test('sees and writes itself only, not another task of its organisation', async () => {
    const { task: other } = await submitTask(contextOf(db, ada), {
      kind: 'assistant.prompt',
      input: { prompt: 'other' },
      orgId: ada.orgId,
      idempotencyKey: null,
    });
    const actor: Actor = { type: 'task', orgId: ada.orgId, taskId: other.id };
    const seen = await asActor(db.database, actor, (tx) =>
      tx.query<{ id: string }>('select id from tasks'),
    );
    expect(seen.rows).toEqual([{ id: other.id }]);
    const changed = await asActor(db.database, actor, (tx) =>
      tx.query(`update tasks set progress = '{}'`),
    );
    expect(changed.rowCount).toBe(1);
    await expect(
      asActor(db.database, actor, (tx) =>
        tx.query(
          `insert into task_events (org_id, task_id, seq, type, data) values ($1, $2, 99, 'text', '{}')`,
          [ada.orgId, taskId],
        ),
      ),
    ).rejects.toMatchObject({ code: '42501' });
  });

  test('of one organisation can not name a task of another', async () => {
    const actor: Actor = { type: 'task', orgId: eve.orgId, taskId };
    expect(
      (await asActor(db.database, actor, (tx) => tx.query('select id from tasks'))).rows,
    ).toEqual([]);
  });

  test('can not go from an ended state to running, whoever asks', async () => {
    await db.admin.query(`update tasks set state = 'cancelled', ended_at = now() where id = $1`, [
      taskId,
    ]);
    await expect(
      db.admin.query(`update tasks set state = 'running', ended_at = null where id = $1`, [taskId]),
    ).rejects.toMatchObject({ code: 'DS001' });
  });
});

describe('people', () => {
  test('a new person owns exactly one organisation, made by the database itself', async () => {
    const { rows } = await db.admin.query('select role from memberships where user_id = $1', [
      eve.actor.userId,
    ]);
    expect(rows).toEqual([{ role: 'owner' }]);
  });

  test('nobody can make themselves a member, not even of their own organisation', async () => {
    for (const orgId of [ada.orgId, eve.orgId]) {
      await expect(
        asActor(db.database, eve.actor, (tx) =>
          tx.query(`insert into memberships (org_id, user_id, role) values ($1, $2, 'owner')`, [
            orgId,
            eve.actor.userId,
          ]),
        ),
      ).rejects.toMatchObject({ code: '42501' });
    }
  });

  test("nobody can submit a task in another person's name, or change the audit log", async () => {
    await expect(
      asActor(db.database, ada.actor, (tx) =>
        tx.query(
          `insert into tasks (org_id, id, kind, title, input, max_attempts, job_queue, job_id, request_hash, created_by) values ($1, $2, 'assistant.prompt', 't', '{}', 1, 'q', $2, 'h', $3)`,
          [ada.orgId, '01890000-0000-7000-8000-000000000001', eve.actor.userId],
        ),
      ),
    ).rejects.toMatchObject({ code: '42501' });
    for (const statement of [
      `update audit_entries set action = 'x.y'`,
      'delete from audit_entries',
    ]) {
      await expect(
        asActor(db.database, ada.actor, (tx) => tx.query(statement)),
      ).rejects.toMatchObject({ code: '42501' });
    }
  });
});
