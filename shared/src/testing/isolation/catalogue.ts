import type pg from 'pg';

export type Table = {
  /** As SQL writes it, schema included. */
  name: string;
  columns: string[];
  uuidColumns: string[];
  isTenant: boolean;
};

/** Every table a tenant's data could be in, as the database itself lists them. */
export async function readTables(admin: pg.Pool): Promise<Table[]> {
  const { rows } = await admin.query<Table>(
    `select n.nspname || '.' || c.relname as name,
            array_agg(a.attname::text order by a.attnum) as columns,
            coalesce(array_agg(a.attname::text) filter (where a.atttypid = 'uuid'::regtype and a.attname <> 'org_id'), '{}') as "uuidColumns",
            bool_or(a.attname = 'org_id') and coalesce(obj_description(c.oid), '') not like 'not-tenant:%' as "isTenant"
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where n.nspname in ('public', 'app') and c.relkind in ('r', 'p', 'v', 'm')
     group by c.oid, 1 order by 1`,
  );
  return rows;
}

/** Functions of ours that people, programs or workers may call, with who may: `name(types) role,role`. */
export async function readExecutable(admin: pg.Pool, roles: string[]): Promise<string[]> {
  const { rows } = await admin.query<{ line: string }>(
    `select p.pronamespace::regnamespace || '.' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ') '
            || string_agg(r.role, ',' order by r.role) as line
     from pg_proc p cross join unnest($1::text[]) as r(role)
     where p.pronamespace in ('public'::regnamespace, 'app'::regnamespace)
       and has_function_privilege(r.role, p.oid, 'execute')
     group by p.oid, p.pronamespace, p.proname order by 1`,
    [roles],
  );
  return rows.map(({ line }) => line);
}

export type Callable = { name: string; types: string[]; role: string };

/** The same one by one, with the types of what they are given. */
export async function readCallables(admin: pg.Pool, roles: string[]): Promise<Callable[]> {
  const { rows } = await admin.query<Callable>(
    `select p.pronamespace::regnamespace || '.' || p.proname as name, r.role,
            array(select format_type(t, null) from unnest(p.proargtypes::oid[]) as t) as types
     from pg_proc p cross join unnest($1::text[]) as r(role)
     where p.pronamespace in ('public'::regnamespace, 'app'::regnamespace)
       and p.prorettype <> 'trigger'::regtype and has_function_privilege(r.role, p.oid, 'execute')
     order by 1, 2`,
    [roles],
  );
  return rows;
}
