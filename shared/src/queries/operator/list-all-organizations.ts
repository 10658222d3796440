import { sql } from 'kysely';
import type { ListedOrganization } from '../../contracts/operator.ts';
import { asOperator, type Operator } from '../../db/as-operator.ts';
import type { Database } from '../../db/database.ts';

/** One page of every organisation by address; `beginning` narrows it to addresses that begin so. */
export function listAllOrganizations(
  database: Database,
  operator: Operator,
  { beginning, after, limit }: { beginning: string | null; after: string | null; limit: number },
): Promise<{ organizations: ListedOrganization[]; next: string | null }> {
  return asOperator(database, operator, async (tx) => {
    let select = tx.db
      .selectFrom('organizations')
      .select(['org_id', 'slug', 'name', 'plan', 'created_at'])
      .where('deleted_at', 'is', null)
      .orderBy('slug')
      .limit(limit + 1);
    // The range lets the index find them; the prefix decides.
    if (beginning)
      select = select
        .where('slug', '>=', beginning)
        .where(sql<boolean>`starts_with(slug, ${beginning})`);
    if (after) select = select.where('slug', '>', after);
    const rows = await select.execute();
    const page = rows.slice(0, limit);
    return {
      organizations: page.map(({ org_id, created_at, ...row }) => ({
        ...row,
        orgId: org_id,
        createdAt: created_at.toISOString(),
      })),
      next: rows.length > limit ? (page.at(-1)?.slug ?? null) : null,
    };
  });
}
