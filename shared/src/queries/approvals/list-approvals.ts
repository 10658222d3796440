import type { Approval } from '../../contracts/http/approval.ts';
import type { Actor } from '../../db/actor.ts';
import type { Database } from '../../db/database.ts';
import { asActor } from '../../db/doors.ts';
import { AppError } from '../../errors.ts';

/** What a page shows of one task; more than any handler asks. */
const maximumListed = 50;

/** What a task asked people, newest first, at most 50. Throws `not_found` for a task the actor can't see. */
export async function listApprovals(
  database: Database,
  actor: Actor,
  orgId: string,
  taskId: string,
): Promise<Approval[]> {
  const [task, rows] = await asActor(database, actor, (tx) =>
    Promise.all([
      tx.db
        .selectFrom('tasks')
        .select('id')
        .where('org_id', '=', orgId)
        .where('id', '=', taskId)
        .executeTakeFirst(),
      tx.db
        .selectFrom('approvals')
        .select([
          'id',
          'task_id',
          'title',
          'state',
          'form',
          'proposal',
          'fallback',
          'answer',
          'answered_by',
          'answered_how',
          'created_at',
          'expires_at',
          'ended_at',
        ])
        .where('org_id', '=', orgId)
        .where('task_id', '=', taskId)
        .orderBy('id', 'desc')
        .limit(maximumListed)
        .execute(),
    ]),
  );
  if (!task) throw new AppError('not_found', 'There is no such task, or you may not see it.');
  return rows.map((row) => ({
    id: row.id,
    taskId: row.task_id,
    title: row.title,
    state: row.state as Approval['state'],
    form: row.form as Approval['form'],
    proposal: row.proposal as Approval['proposal'],
    answer: row.answer as Approval['answer'],
    answeredBy: row.answered_by,
    answeredHow: row.answered_how as Approval['answeredHow'],
    onTimeout: row.fallback === null ? 'expire' : 'continue',
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
  }));
}
