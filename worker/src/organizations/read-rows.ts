import type { Tx } from '@devsphere/shared/db/doors.ts';
import type { TenantTable } from './tenant-tables.ts';

const firstPage = 20;
const largestPage = 1_000;
/** Rows differ a thousandfold in size: pages grow while they are small and shrink when they are large. */
const pleasantCharacters = 1_000_000;

/** Rows of an organisation as lines of JSON, page by page in the order of their key, as the transaction's person may read them. */
export async function* readRows(
  tx: Tx,
  orgId: string,
  { name, columns, key }: TenantTable,
): AsyncGenerator<string[]> {
  const quoted = (names: string[]) => names.map((column) => `"${column}"`).join(', ');
  const place = quoted(key);
  let after: unknown[] | undefined;
  let size = firstPage;
  for (;;) {
    const values = [orgId, size, ...(after ?? [])];
    const parameters = key.map((_, index) => `$${index + 3}`).join(', ');
    const beyond = after ? `and (${place}) > (${parameters})` : '';
    const { rows } = await tx.query<{ line: string; place: unknown[] }>(
      `select row_to_json(r)::text as line, array[${key.map((column) => `r."${column}"::text`).join(', ')}] as place
       from (select ${quoted(columns)} from public."${name}" where org_id = $1 ${beyond} order by ${place} limit $2) r`,
      values,
    );
    if (rows.length > 0) yield rows.map(({ line }) => line);
    if (rows.length < size) return;
    after = rows.at(-1)?.place;
    const characters = rows.reduce((sum, { line }) => sum + line.length, 0);
    if (characters < pleasantCharacters / 2) size = Math.min(size * 2, largestPage);
    else if (characters > pleasantCharacters * 2) size = Math.max(1, Math.floor(size / 2));
  }
}

/** Who belongs to the organisation, by name: its rows hold only their ids. */
export async function readPeople(tx: Tx, orgId: string): Promise<string[]> {
  const { rows } = await tx.query<{ line: string }>(
    `select json_build_object('user_id', p.user_id, 'display_name', p.display_name, 'email', p.email)::text as line
     from public.profiles p join public.memberships m using (user_id) where m.org_id = $1 order by p.user_id limit 10000`,
    [orgId],
  );
  return rows.map(({ line }) => line);
}
