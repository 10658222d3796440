import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createSchedule } from '../src/commands/create-schedule.ts';
import { editSchedule } from '../src/commands/edit-schedule.ts';
import { submitTask } from '../src/commands/submit-task.ts';
import { forwardedAddress, originOf } from '../src/origin.ts';
import { exportAudit } from '../src/queries/export-audit.ts';
import { listAudit } from '../src/queries/list-audit.ts';
import { contextOf, join, signUp, type TestPerson } from '../src/testing/people.ts';
import { createTestDatabase, type TestDatabase } from '../src/testing/test-database.ts';

let db: TestDatabase;
let ada: TestPerson;
let max: TestPerson;
let eve: TestPerson;
let scheduleId: string;
const origin = originOf('::ffff:203.0.113.7', 'Browser/1\u0007');

beforeAll(async () => {
  db = await createTestDatabase();
  ada = await signUp(db, 'ada');
  max = await signUp(db, 'max');
  eve = await signUp(db, 'eve');
  await join(db, max, ada.orgId, 'member');
  const context = { ...contextOf(db, ada), origin };
  const input = { prompt: 'hello' };
  const { schedule } = await createSchedule(context, {
    orgId: ada.orgId,
    idempotencyKey: null,
    name: 'Daily',
    kind: 'assistant.prompt',
    input,
    cron: '0 9 * * *',
    timeZone: 'UTC',
  });
  scheduleId = schedule.id;
  await editSchedule(context, {
    orgId: ada.orgId,
    scheduleId,
    name: '=Weekly',
    cron: '0 9 * * MON',
  });
  await submitTask(
    { ...contextOf(db, max), origin },
    { orgId: ada.orgId, kind: 'assistant.prompt', input, idempotencyKey: null },
  );
});
afterAll(() => db.close());

const list = (query: Partial<Parameters<typeof listAudit>[3]> = {}, who = ada) =>
  listAudit(db.database, who.actor, ada.orgId, { limit: 50, ...query });

describe('the audit log', () => {
  test('says who did what to what, from where, and what the changed fields were and became', async () => {
    const { entries } = await list();
    expect(entries.map(({ action, actorName }) => [action, actorName])).toEqual([
      ['task.submitted', 'max'],
      ['schedule.edited', 'ada'],
      ['schedule.created', 'ada'],
    ]);
    expect(entries[1]).toMatchObject({
      targetType: 'schedule',
      targetId: scheduleId,
      before: { name: 'Daily', cron: '0 9 * * *' },
      after: { name: '=Weekly', cron: '0 9 * * MON' },
      address: '203.0.113.7',
      userAgent: 'Browser/1',
    });
    expect(entries[0]).toMatchObject({ address: '203.0.113.7', before: null });
  });

  test('is narrowed by actor, action, target and time, and read page by page', async () => {
    const actions = async (query: Parameters<typeof list>[0]) =>
      (await list(query)).entries.map(({ action }) => action);
    expect(await actions({ actor: max.actor.userId })).toEqual(['task.submitted']);
    expect(await actions({ action: 'schedule.created' })).toEqual(['schedule.created']);
    expect(await actions({ target: scheduleId })).toEqual(['schedule.edited', 'schedule.created']);
    expect(await actions({ targetType: 'task' })).toEqual(['task.submitted']);
    const hour = 3_600_000;
    expect(await actions({ from: new Date(Date.now() + hour).toISOString() })).toEqual([]);
    expect(await actions({ to: new Date(Date.now() - hour).toISOString() })).toEqual([]);
    expect(await actions({ from: new Date(Date.now() - hour).toISOString() })).toHaveLength(3);
    const first = await list({ limit: 2 });
    expect(first.entries).toHaveLength(2);
    expect(await actions({ limit: 2, before: first.nextCursor ?? undefined })).toEqual([
      'schedule.created',
    ]);
  });

  test('is for admins: a member is told what role is missing, a stranger that there is nothing', async () => {
    await expect(list({}, max)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(list({}, eve)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('leaves as a file in which no spreadsheet finds a formula', async () => {
    const file = async (format: 'csv' | 'jsonl') => {
      const lines = await exportAudit(db.database, ada.actor, ada.orgId, { format });
      let text = '';
      for await (const part of lines) text += part;
      return text;
    };
    const csv = (await file('csv')).trimEnd().split('\r\n');
    expect(csv).toHaveLength(4);
    expect(csv[2]).toContain('""=Weekly""');
    for (const field of csv.flatMap((line) => line.split(',')))
      expect(field).not.toMatch(/^"?[=+\-@]/);
    const jsonl = (await file('jsonl')).trimEnd().split('\n');
    expect(jsonl.map((line) => JSON.parse(line))).toEqual((await list()).entries);
    await expect(
      exportAudit(db.database, max.actor, ada.orgId, { format: 'csv' }),
    ).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('can be rewritten by no role at all, the owner and superusers included', async () => {
    const { rows } = await db.admin.query<{ name: string }>(
      `select rolname as name from pg_roles
       where rolname like 'devsphere_%' or rolname in ('anon', 'authenticated', 'service_role', 'postgres', 'supabase_admin')`,
    );
    expect(rows.length).toBeGreaterThanOrEqual(11);
    const count = 'select count(*)::int as n from audit_entries';
    const before = (await db.admin.query(count)).rows[0].n;
    for (const { name } of rows) {
      for (const statement of [
        `update audit_entries set action = 'task.retried'`,
        'delete from audit_entries',
        'truncate audit_entries',
      ]) {
        const client = await db.admin.connect();
        try {
          await client.query('begin');
          await client.query(`set local role ${name}`);
          await expect(client.query(statement)).rejects.toMatchObject({
            code: expect.stringMatching(/^(42501|DS002)$/),
          });
        } finally {
          await client.query('rollback');
          client.release();
        }
      }
    }
    expect((await db.admin.query(count)).rows[0].n).toBe(before);
  });

  test('goes with its organisation, and only then', async () => {
    const gone = await signUp(db, 'gone');
    await submitTask(contextOf(db, gone), {
      orgId: gone.orgId,
      kind: 'assistant.prompt',
      input: { prompt: 'x' },
      idempotencyKey: null,
    });
    await db.admin.query('delete from organizations where org_id = $1', [gone.orgId]);
    const { rowCount } = await db.admin.query('select from audit_entries where org_id = $1', [
      gone.orgId,
    ]);
    expect(rowCount).toBe(0);
  });
});

describe('where a command came from', () => {
  test('is the address trusted proxies saw, whatever the client wrote before it', () => {
    expect(forwardedAddress('6.6.6.6, 203.0.113.7', 1)).toBe('203.0.113.7');
    expect(forwardedAddress('6.6.6.6, 203.0.113.7, 10.0.0.1', 2)).toBe('203.0.113.7');
    expect(forwardedAddress('203.0.113.7', 3)).toBe('203.0.113.7');
    expect(forwardedAddress(null, 1)).toBeNull();
  });

  test('is kept only if it is an address, and the program only as short plain text', () => {
    expect(originOf('<script>', 'x'.repeat(500))).toEqual({
      address: null,
      userAgent: 'x'.repeat(200),
    });
    expect(originOf('2001:db8::1', '')).toEqual({ address: '2001:db8::1', userAgent: null });
  });
});
