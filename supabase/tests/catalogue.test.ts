import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { memberRoles, permissions } from '@devsphere/shared/access/permissions.ts';
import { isReservedSlug, reservedSlugs } from '@devsphere/shared/access/reserved-slugs.ts';
import { apiKeyScopeNames } from '@devsphere/shared/contracts/http/api-key-scopes.ts';
import { taskKinds } from '@devsphere/shared/tasks/catalogue.ts';
import { taskStates, taskTransitions } from '@devsphere/shared/tasks/states.ts';
import { createTestDatabase, type TestDatabase } from '@devsphere/shared/testing/test-database.ts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { getConstructionPlans } from 'pg-boss';

/** Unique constraints that are global on purpose; each says why in its table's comments. */
const globalUniques = ['organizations_slug_key', 'api_keys_secret_hash_key'];
/** What visitors may read, reviewed table by table: all of it is on the public status page. */
const publicTables = ['incident_updates', 'status_components', 'status_days', 'status_samples'];
/** Foreign keys that may name a single column: people, organisations and plans are roots, not tenant rows. */
const rootTables = ['users', 'profiles', 'organizations', 'plans'];
const apiRoles = ['anon', 'authenticated', 'service_role'];

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

const query = async <T extends Record<string, unknown>>(
  sql: string,
  values: unknown[] = [],
): Promise<T[]> => (await db.admin.query(sql, values)).rows;

const tables = () =>
  query<{
    name: string;
    oid: number;
    enabled: boolean;
    forced: boolean;
    comment: string | null;
    columns: string[];
  }>(
    `select c.relname as name, c.oid, c.relrowsecurity as enabled, c.relforcerowsecurity as forced, obj_description(c.oid) as comment,
            (select array_agg(attname::text) from pg_attribute where attrelid = c.oid and attnum > 0 and not attisdropped) as columns
     from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1`,
  );
const tenantTables = async () =>
  (await tables()).filter(({ comment }) => !comment?.startsWith('not-tenant:'));

describe('every table in public', () => {
  test('there are tables to check', async () => {
    expect((await tables()).length).toBeGreaterThanOrEqual(11);
  });

  test('has row-level security enabled and forced, and a comment', async () => {
    for (const { name, enabled, forced, comment } of await tables())
      expect({ name, enabled, forced, hasComment: Boolean(comment) }).toEqual({
        name,
        enabled: true,
        forced: true,
        hasComment: true,
      });
  });

  test('belongs to an organisation by a primary key that begins with org_id, or its comment says why not', async () => {
    for (const { name, oid, columns } of await tenantTables()) {
      expect({ name, columns }).toEqual({ name, columns: expect.arrayContaining(['org_id']) });
      const [key] = await query<{ first: string }>(
        `select a.attname as first from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0] where i.indrelid = $1 and i.indisprimary`,
        [oid],
      );
      expect({ name, first: key?.first }).toEqual({ name, first: 'org_id' });
    }
  });

  test('has a named policy for each of select, insert, update and delete', async () => {
    const policies = await query<{ table: string; command: string; name: string }>(
      `select c.relname as table, p.polcmd as command, p.polname as name from pg_policy p join pg_class c on c.oid = p.polrelid where c.relnamespace = 'public'::regnamespace`,
    );
    for (const { name } of await tables()) {
      const commands = new Set(
        policies.filter(({ table }) => table === name).map(({ command }) => command),
      );
      expect({ name, commands: [...commands].sort() }).toEqual({
        name,
        commands: ['a', 'd', 'r', 'w'],
      });
    }
  });

  test('gives API roles nothing but select, and anonymous and service roles nothing but the status page', async () => {
    const grants = await query<{ grantee: string; table: string; privilege: string }>(
      `select grantee, table_name as table, privilege_type as privilege from information_schema.role_table_grants
       where table_schema = 'public' and grantee = any($1)`,
      [[...apiRoles, 'PUBLIC']],
    );
    expect(
      grants.filter(
        ({ grantee, table, privilege }) =>
          privilege !== 'SELECT' ||
          !(grantee === 'authenticated' || (grantee === 'anon' && publicTables.includes(table))),
      ),
    ).toEqual([]);
  });

  test('has no unique constraint or foreign key that answers for another organisation', async () => {
    const constraints = await query<{
      name: string;
      table: string;
      kind: string;
      columns: string[];
      target: string | null;
    }>(
      `select k.conname as name, c.relname as table, k.contype as kind, t.relname as target,
              (select array_agg(a.attname::text) from unnest(k.conkey) as n join pg_attribute a on a.attrelid = k.conrelid and a.attnum = n) as columns
       from pg_constraint k join pg_class c on c.oid = k.conrelid left join pg_class t on t.oid = k.confrelid
       where c.relnamespace = 'public'::regnamespace and k.contype in ('u', 'f')`,
    );
    const tenants = new Set((await tenantTables()).map(({ name }) => name));
    for (const { name, table, kind, columns, target } of constraints) {
      if (
        !tenants.has(table) ||
        globalUniques.includes(name) ||
        (kind === 'f' && rootTables.includes(target ?? ''))
      )
        continue;
      expect({ name, columns }).toEqual({ name, columns: expect.arrayContaining(['org_id']) });
    }
  });

  test('names every constraint after its table', async () => {
    const names = await query<{ name: string; table: string }>(
      `select k.conname as name, c.relname as table from pg_constraint k join pg_class c on c.oid = k.conrelid where c.relnamespace = 'public'::regnamespace and k.contype <> 'n'`,
    );
    expect(names.filter(({ name, table }) => !name.startsWith(`${table}_`))).toEqual([]);
  });
});

describe('functions and roles', () => {
  test('every function of ours pins what its names mean, and none is executable by everybody', async () => {
    const functions = await query<{ name: string; path: string[] | null; open: boolean }>(
      // A body in standard SQL that has its caller's rights was bound to its objects when it was made.
      `select p.proname as name, has_function_privilege('public', p.oid, 'execute') as open,
              case when p.prosqlbody is not null and not p.prosecdef then array['search_path=""'] else p.proconfig end as path
       from pg_proc p where p.pronamespace in ('app'::regnamespace, 'public'::regnamespace)`,
    );
    expect(functions.length).toBeGreaterThan(5);
    for (const { name, path, open } of functions)
      expect({ name, path, open }).toEqual({ name, path: ['search_path=""'], open: false });
  });

  test('no role that a process takes can bypass row-level security or inherit another by surprise', async () => {
    const roles = await query<{
      name: string;
      super: boolean;
      bypass: boolean;
      inherit: boolean;
      login: boolean;
    }>(
      `select rolname as name, rolsuper as super, rolbypassrls as bypass, rolinherit as inherit, rolcanlogin as login from pg_roles where rolname like 'devsphere_%'`,
    );
    expect(roles.map(({ name }) => name).sort()).toEqual([
      'devsphere_api_key',
      'devsphere_app',
      'devsphere_limiter',
      'devsphere_member',
      'devsphere_operator',
      'devsphere_outgoing',
      'devsphere_queue',
      'devsphere_system',
      'devsphere_task',
    ]);
    for (const { name, super: isSuper, bypass, login } of roles) {
      expect({ name, isSuper, bypass, login }).toEqual({
        name,
        isSuper: false,
        bypass: false,
        login: name === 'devsphere_app',
      });
    }
    expect(roles.find(({ name }) => name === 'devsphere_app')?.inherit).toBe(false);
  });

  test('our login can read nothing until it takes a role', async () => {
    for (const table of ['public.tasks', 'public.organizations', 'pgboss.job', 'auth.users']) {
      await expect(db.database.pool.query(`select 1 from ${table}`)).rejects.toMatchObject({
        code: '42501',
      });
    }
  });

  test("the queue is invisible to people, and the queue's owner sees no tenant table", async () => {
    for (const [role, table] of [
      ['devsphere_member', 'pgboss.job'],
      ['devsphere_task', 'pgboss.job'],
      ['authenticated', 'pgboss.job'],
      ['devsphere_queue', 'public.tasks'],
    ] as const) {
      const client = await db.database.pool.connect();
      try {
        await client.query('begin');
        await client.query(`set local role ${role}`);
        await expect(client.query(`select 1 from ${table}`)).rejects.toMatchObject({
          code: '42501',
        });
      } finally {
        await client.query('rollback');
        client.release();
      }
    }
  });
});

describe('lists that exist in TypeScript and in SQL', () => {
  test('task states and their legal transitions are the same', async () => {
    const [constraint] = await query<{ text: string }>(
      `select pg_get_constraintdef(oid) as text from pg_constraint where conname = 'tasks_state_known'`,
    );
    expect(
      [...(constraint?.text ?? '').matchAll(/'([a-z]+)'::text/g)].map((match) => match[1]),
    ).toEqual([...taskStates]);
    for (const before of taskStates) {
      for (const after of taskStates) {
        if (before === after) continue;
        const [row] = await query<{ legal: boolean }>(
          'select app.task_transition_legal($1, $2) as legal',
          [before, after],
        );
        const listed = taskTransitions.some(([from, to]) => from === before && to === after);
        expect({ before, after, legal: row?.legal }).toEqual({ before, after, legal: listed });
      }
    }
  });

  test('member roles are the same, in the same order', async () => {
    const rows = await query<{ role: string }>(
      'select unnest(enum_range(null::app.member_role))::text as role',
    );
    expect(rows.map(({ role }) => role)).toEqual([...memberRoles]);
  });

  test('every permission asks the same role in the database as in the code', async () => {
    const rows = await query<{ permission: string; min_role: string }>(
      'select permission, min_role::text from app.permissions',
    );
    expect(Object.fromEntries(rows.map((row) => [row.permission, row.min_role]))).toEqual(
      permissions,
    );
  });

  test('slugs reserved in the code are refused by the database, and the first part of every page is one', async () => {
    const [constraint] = await query<{ text: string }>(
      `select pg_get_constraintdef(oid) as text from pg_constraint where conname = 'organizations_slug_not_reserved'`,
    );
    expect(
      [...(constraint?.text ?? '').matchAll(/'([a-z0-9-]+)'::text/g)].map((match) => match[1]),
    ).toEqual([...reservedSlugs]);
    const places = (folder: string): string[] =>
      readdirSync(join(import.meta.dirname, '../../web/app', folder), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .flatMap(({ name }) => (name.startsWith('(') ? places(join(folder, name)) : [name]));
    // What has a dot or brackets can't be a slug at all.
    const taken = places('.').filter((name) => /^[a-z0-9-]+$/.test(name));
    expect(taken.filter((name) => !isReservedSlug(name))).toEqual([]);
  });

  test('scopes of API keys are the same, and each is a permission', async () => {
    const [constraint] = await query<{ text: string }>(
      `select pg_get_constraintdef(oid) as text from pg_constraint where conname = 'api_keys_scopes_known'`,
    );
    expect(
      [...(constraint?.text ?? '').matchAll(/'([a-z_.]+)'::text/g)].map((match) => match[1]),
    ).toEqual(apiKeyScopeNames);
    expect(Object.keys(permissions)).toEqual(expect.arrayContaining(apiKeyScopeNames));
  });

  test('every model a kind uses has a price', async () => {
    const rows = await query<{ model: string }>(
      'select distinct model from model_prices where effective_from <= now()',
    );
    const priced = rows.map(({ model }) => model);
    for (const kind of Object.values(taskKinds)) expect(priced).toContain(kind.model);
  });

  test("the queue's migration is what the library would install", () => {
    const file = readFileSync(
      join(import.meta.dirname, '../migrations/20261123000200_create_queue.sql'),
      'utf8',
    );
    const plan = getConstructionPlans('pgboss', { createSchema: false });
    const squeezed = (sql: string) =>
      sql
        .replaceAll(/^\s*(BEGIN|COMMIT);\s*$/gm, '')
        .replaceAll(/\s+/g, ' ')
        .trim();
    expect(squeezed(file)).toContain(squeezed(plan));
  });
});
