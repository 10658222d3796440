import type { Tx } from '@devsphere/shared/db/doors.ts';

export type TenantTable = { name: string; columns: string[]; key: string[] };

// Besides what nobody is granted: what only we compare, and what opens something.
const withheld = /(^|_)(hash|nonce|secret|sealed|ciphertext|token)(_|$)/;

/**
 * Every table of an organisation's own rows with the columns that the transaction's role may read, from the catalogue:
 * a table that is added later is here by itself.
 */
export async function tenantTables(tx: Tx): Promise<TenantTable[]> {
  const { rows } = await tx.query<TenantTable>(
    `select c.relname as name,
            array(select a.attname::text from pg_attribute a
                  where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and has_column_privilege(c.oid, a.attnum, 'select')
                  order by a.attnum) as columns,
            array(select a.attname::text from pg_index i, unnest(i.indkey) with ordinality as k (attnum, place)
                  join pg_attribute a on a.attnum = k.attnum
                  where i.indrelid = c.oid and i.indisprimary and a.attrelid = c.oid order by k.place) as key
     from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
       and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'org_id' and not a.attisdropped)
       and coalesce(obj_description(c.oid, 'pg_class'), '') not like 'not-tenant:%'
     order by c.relname`,
  );
  return rows
    .map((table) => ({ ...table, columns: table.columns.filter((name) => !withheld.test(name)) }))
    .filter(({ columns, key }) => key.every((name) => columns.includes(name)));
}
