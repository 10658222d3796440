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
      .leftJoin('concurrency_overrides as c', 'c.org_id', 'organizations.org_id')
      .leftJoin('profiles as p', 'p.user_id', 'c.set_by')
      .select(['organizations.org_id', 'slug', 'name', 'plan', 'organizations.created_at'])
      .select(['c.concurrent_tasks', 'c.reason', 'c.set_at', 'p.display_name as set_by'])
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
      organizations: page.map((row) => ({
        orgId: row.org_id,
        slug: row.slug,
        name: row.name,
        plan: row.plan,
        createdAt: row.created_at.toISOString(),
        concurrency:
          row.concurrent_tasks !== null && row.set_at
            ? {
                concurrentTasks: row.concurrent_tasks,
                by: row.set_by ?? 'a former operator',
                reason: row.reason ?? '',
                at: row.set_at.toISOString(),
              }
            : null,
      })),
      next: rows.length > limit ? (page.at(-1)?.slug ?? null) : null,
    };
  });
}
