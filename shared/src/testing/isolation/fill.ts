import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { signUp, type TestPerson } from '../people.ts';
import type { TestDatabase } from '../test-database.ts';
import type { Table } from './catalogue.ts';

/** One organisation, with a row in every table whose ids are all the same. */
export type Filled = { owner: TestPerson; orgId: string; rowId: string };

/** Values that policies ask for; everything else may be anything of its type. */
const meant: Record<string, Record<string, unknown>> = {
  'public.tasks': { state: 'queued', event_seq: 10 },
  'public.schedule_runs': { trigger: 'person', state: 'fired' },
  'public.api_keys': { scopes: '{tasks.read}' },
  'public.invitations': { role: 'viewer', state: 'pending' },
  'public.audit_entries': { actor_type: 'person' },
  'public.task_events': { type: 'task.queued' },
  'public.webhook_deliveries': { event: 'webhook.test' },
  'public.approvals': { state: 'open', step_key: 'asked', expires_at: '2100-01-01' },
};
/** A second row where what may be done depends on what the row has become. */
const later: Record<string, Record<string, unknown>> = {
  'public.tasks': { state: 'failed', ended_at: '2026-01-01' },
  'public.task_events': { type: 'text', created_at: '2026-01-01', seq: 2 },
  'public.llm_calls': { paid_by: 'organization' },
  'public.schedules': { state: 'paused' },
  'public.invitations': { state: 'accepted', ended_at: '2026-01-01' },
  'public.exports': { state: 'ready', finished_at: '2026-01-01', expires_at: '2099-01-01' },
  'public.schedule_runs': { trigger: 'clock', state: 'pending', nominal_at: '2026-01-01' },
  'public.webhook_deliveries': { state: 'delivered', ended_at: '2026-01-01' },
  'public.webhook_secrets': { expires_at: '2026-01-01' },
  'public.status_samples': { at: '2020-01-01' },
};
const people = /(_by|_as|^user_id|^actor_id|^operator_id)$/;

type Column = { name: string; type: string; needed: boolean };

/** Puts a row of an organisation into every table; fails for a table whose row can't be made up, naming it. */
export async function fill(test: TestDatabase, name: string, tables: Table[]): Promise<Filled> {
  const owner = await signUp(test, name);
  const filled: Filled = { owner, orgId: owner.orgId, rowId: randomUUID() };
  const client = await test.admin.connect();
  try {
    await client.query('begin');
    // Rows only have to be there: neither references nor shapes matter to whose they are.
    await client.query('set local session_replication_role = replica');
    for (const table of tables) {
      await insertOne(client, table, filled, {});
      const ended = later[table.name];
      if (ended) await insertOne(client, table, filled, { ...idOf(table), ...ended });
    }
    await client.query('commit');
  } finally {
    client.release();
  }
  return filled;
}

/** Lets made-up rows in; whose a row is does not depend on its shape. */
export async function dropChecks(admin: pg.Pool): Promise<void> {
  const { rows } = await admin.query<{ statement: string }>(
    `select format('alter table %s drop constraint %I', conrelid::regclass, conname) as statement from pg_constraint
     where contype = 'c' and connamespace in ('public'::regnamespace, 'app'::regnamespace)`,
  );
  for (const { statement } of rows) await admin.query(statement);
}

const idOf = ({ columns }: Table) => (columns.includes('id') ? { id: randomUUID() } : {});

async function insertOne(
  client: pg.PoolClient,
  table: Table,
  filled: Filled,
  change: Record<string, unknown>,
): Promise<void> {
  if (table.isTenant && Object.keys(change).length === 0) {
    const there = await client.query(`select from ${table.name} where org_id = $1 limit 1`, [
      filled.orgId,
    ]);
    if (there.rowCount) return;
  }
  const { rows: columns } = await client.query<Column>(
    `select attname as name, format_type(atttypid, null) as type, attnotnull and not atthasdef as needed
     from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
    [table.name],
  );
  const row: Record<string, unknown> = {};
  for (const { name, type, needed } of columns) {
    const wanted = meant[table.name]?.[name];
    if (wanted !== undefined) row[name] = wanted;
    else if (needed || name === 'created_by' || name === 'task_id')
      row[name] = madeUp(name, type, filled);
  }
  Object.assign(row, change);
  const names = Object.keys(row);
  await client.query(
    `insert into ${table.name} (${names.join(', ')}) values (${names.map((_, i) => `$${i + 1}`).join(', ')}) on conflict do nothing`,
    Object.values(row),
  );
}

function madeUp(name: string, type: string, { owner, orgId, rowId }: Filled): unknown {
  if (name === 'org_id') return orgId;
  if (type === 'uuid') return people.test(name) ? owner.actor.userId : rowId;
  if (type.endsWith('[]')) return '{}';
  if (type.startsWith('json')) return JSON.stringify({ canary: orgId });
  if (type.startsWith('timestamp') || type === 'date') return '2026-11-01';
  if (/int|numeric|double/.test(type)) return 1;
  if (type === 'boolean') return true;
  if (type === 'bytea') return Buffer.from(orgId);
  if (type === 'app.member_role') return 'viewer';
  return `canary-${orgId}`;
}
