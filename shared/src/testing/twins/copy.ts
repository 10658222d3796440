import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { readTables } from '../isolation/catalogue.ts';

/** What every text of an organisation carries, and what its twin carries in the place of it. */
export type Marks = { own: string; twin: string };

/** What a twin's row `t` has otherwise, so that taking one for the other shows. */
const differing: Record<string, string> = {
  'public.api_keys': `jsonb_build_object('secret_hash', reverse(t.secret_hash))`,
  'public.tasks': `jsonb_build_object('job_id', case when t.run_at > now() then t.job_id else gen_random_uuid() end, 'max_attempts', t.max_attempts + 1)`,
  'public.exports': `(select jsonb_build_object('id', id, 'path', $2 || '/' || id || '.zip') from gen_random_uuid() id)`,
  'public.integrations': `jsonb_build_object('hint', $4)`,
  'public.approvals': `'{"form": {"type": "object", "required": ["there"]}}'`,
  'public.budgets': `jsonb_build_object('monthly_limit_nano_usd', 0, 'alert_percents', '{99}')`,
};

/** Of what is bounded, or looked up by a key, the twin has many more: changed rows under ids of their own. */
const crowded: Record<string, { many: number; change: string }> = {
  'public.webhook_endpoints': { many: 20, change: `'{"idempotency_key": null}'` },
  'public.schedules': { many: 500, change: `'{"idempotency_key": null}'` },
  'public.api_keys': {
    many: 100,
    change: `jsonb_build_object('idempotency_key', null, 'revoked_at', null, 'revoked_by', null, 'expires_at', null,
      'replaced_by', null, 'overlap_ends_at', null, 'secret_hash', md5(random()::text) || md5(random()::text))`,
  },
  'public.invitations': { many: 1, change: `'{"email": "only-there@example.test"}'` },
  'public.approvals': { many: 1, change: `jsonb_build_object('task_id', gen_random_uuid())` },
  'public.artifacts': {
    many: 1,
    change: `jsonb_build_object('name', 'there.txt', 'path', replace(t.path, t.name, 'there.txt'))`,
  },
  'public.webhook_deliveries': { many: 1, change: `'{}'` },
  'public.tasks': {
    many: 3,
    change: `jsonb_build_object('idempotency_key', 'only there ' || n, 'job_id', gen_random_uuid())`,
  },
};

/**
 * Makes a second organisation with a copy of every row of the first under the same ids: only `org_id` tells them apart.
 * Its rows come first wherever nothing orders them, so that a query that forgets the organisation finds them.
 */
export async function copyOrganization(
  admin: pg.Pool,
  orgId: string,
  marks: Marks,
): Promise<string> {
  const twinId = `00000000-${randomUUID().slice(9)}`;
  const client = await admin.connect();
  try {
    await client.query('begin');
    // Copies need neither triggers nor references checked.
    await client.query('set local session_replication_role = replica');
    for (const { name, columns } of await tenantTables(admin)) {
      const list = columns.join(', ');
      const copied = columns.map((column) => `copy.${column}`).join(', ');
      await client.query(
        `insert into ${name} (${list}) select ${copied} from ${name} t,
           jsonb_populate_record(null::${name},
             replace(replace(to_jsonb(t)::text, $1, $2), $3, $4)::jsonb || ${differing[name] ?? `'{}'`}) copy
         where t.org_id = $1::uuid`,
        [orgId, twinId, marks.own, marks.twin],
      );
      const { many, change } = crowded[name] ?? { many: 0, change: `'{}'` };
      await client.query(
        `insert into ${name} (${list}) select ${copied} from (select * from ${name} where org_id = $1 limit 1) t,
           generate_series(1, $2) n,
           jsonb_populate_record(null::${name},
             to_jsonb(t) || jsonb_build_object('id', gen_random_uuid(), 'n', n) || ${change}) copy`,
        [twinId, many],
      );
      // Written anew, the first one's rows are behind the twin's in the table.
      await client.query(`update ${name} set org_id = org_id where org_id = $1`, [orgId]);
    }
    await client.query('commit');
  } finally {
    client.release();
  }
  return twinId;
}

/** A digest of everything the twin has, its jobs included, and the tables where anything of it is in what the first has. */
export async function lookAtBoth(
  admin: pg.Pool,
  { orgId, twinId, marks }: { orgId: string; twinId: string; marks: Marks },
): Promise<{ digests: Map<string, string>; mixed: string[] }> {
  const statements = (await tenantTables(admin)).map(
    ({ name }) =>
      `select '${name}' as name,
              md5(coalesce(string_agg(t::text, '' order by t::text) filter (where org_id = $2::text::uuid), '')) as digest,
              bool_or(t::text like '%' || $3 || '%' or t::text like '%' || $2 || '%') filter (where org_id = $1::text::uuid) as mixed
       from ${name} t where org_id in ($1::text::uuid, $2::text::uuid)`,
  );
  statements.push(
    `select 'jobs', md5(coalesce(string_agg(concat(id, state, start_after), '' order by id) filter (where data ->> 'orgId' = $2), '')), false from pgboss.job`,
  );
  const { rows } = await admin.query<{ name: string; digest: string; mixed: boolean | null }>(
    statements.join(' union all '),
    [orgId, twinId, marks.twin],
  );
  return {
    digests: new Map(rows.map(({ name, digest }) => [name, digest])),
    mixed: rows.filter(({ mixed }) => mixed).map(({ name }) => name),
  };
}

/** Every table of organisations, with the columns that can be written. */
async function tenantTables(admin: pg.Pool): Promise<Array<{ name: string; columns: string[] }>> {
  const tables = await readTables(admin);
  const { rows } = await admin.query<{ column: string }>(
    `select attrelid::regclass || '.' || attname as column from pg_attribute where attgenerated <> ''`,
  );
  const generated = rows.map(({ column }) => column);
  return tables
    .filter(({ name, isTenant }) => isTenant && name.startsWith('public.'))
    .map(({ name, columns }) => ({
      name,
      columns: columns.filter(
        (column) => !generated.includes(`${name.replace('public.', '')}.${column}`),
      ),
    }));
}
