import type { PgBoss } from 'pg-boss';
import { checkAnswer } from '../../approvals/check-answer.ts';
import type { Database } from '../../db/database.ts';
import { asActor } from '../../db/doors.ts';
import { AppError } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { tokenHash } from '../../invitation-token.ts';
import type { Origin } from '../../origin.ts';
import { findApprovalOfLink } from '../../queries/approvals/find-approval-link.ts';
import { approvalOver } from './approval-over.ts';
import { type Continued, continueTask } from './continue-task.ts';

type Context = { database: Database; boss: PgBoss; origin?: Origin };
type Answered = Continued & { org_id: string; task_id: string; id: string };

/**
 * Answers what a task asked for whoever holds the link, once; the database keeps the entry in the audit log. Throws
 * `not_found` for what is no link, `invalid_request`, or `conflict` when it is over.
 */
export async function answerApprovalLink(
  { database, boss, origin }: Context,
  { token, answer: untrusted }: { token: string; answer: unknown },
): Promise<void> {
  const asked = await findApprovalOfLink(database, token);
  const hash = tokenHash(token);
  if (!asked || !hash) throw new AppError('not_found', 'This is not the link of an approval.');
  const answer = checkAnswer(asked.form, untrusted);
  const jobId = newId();
  const outcome = await asActor(database, { type: 'visitor' }, async (tx) => {
    const { rows } = await tx.query<Answered>(
      'select outcome, org_id, task_id, id, job_queue, priority from app.answer_approval_link($1, $2, $3, $4, $5)',
      [hash, JSON.stringify(answer), jobId, origin?.address ?? null, origin?.userAgent ?? null],
    );
    const [answered] = rows;
    if (answered?.outcome === 'done') {
      const { org_id: orgId, task_id: taskId, id: approvalId } = answered;
      await continueTask(tx, boss, { orgId, taskId, approvalId, jobId }, answered);
    }
    return answered?.outcome;
  });
  if (outcome !== 'done' && outcome !== 'unchanged') throw approvalOver(outcome);
}
