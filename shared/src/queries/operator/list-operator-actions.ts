import type { OperatorAction } from '../../audit-actions.ts';
import { asOperator, type Operator } from '../../db/as-operator.ts';
import type { Database } from '../../db/database.ts';

export type LoggedAction = {
  id: string;
  action: OperatorAction;
  target: string;
  /** Slug of the organisation concerned; null when none is, or it is gone. */
  organization: string | null;
  by: string;
  reason: string;
  at: string;
};

export type ActionPage = { actions: LoggedAction[]; next: string | null };

/** One page of what operators did, newest first. */
export function listOperatorActions(
  database: Database,
  operator: Operator,
  { before, limit }: { before: string | null; limit: number },
): Promise<ActionPage> {
  return asOperator(database, operator, async (tx) => {
    const { rows } = await tx.query<{
      id: string;
      action: OperatorAction;
      target: string;
      slug: string | null;
      by: string | null;
      reason: string;
      created_at: Date;
    }>(
      `select a.id, a.action, a.target, o.slug, p.display_name as by, a.reason, a.created_at
       from operator_actions a
       left join organizations o on o.org_id = a.org_id
       left join profiles p on p.user_id = a.operator_id
       where $1::uuid is null or a.id < $1
       order by a.id desc limit $2`,
      [before, limit + 1],
    );
    const page = rows.slice(0, limit);
    return {
      actions: page.map((row) => ({
        id: row.id,
        action: row.action,
        target: row.target,
        organization: row.slug,
        by: row.by ?? 'a former operator',
        reason: row.reason,
        at: row.created_at.toISOString(),
      })),
      next: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
    };
  });
}
