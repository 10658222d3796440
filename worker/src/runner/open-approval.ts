import type { Tx } from '@devsphere/shared/db/doors.ts';
import { tell } from '@devsphere/shared/outgoing/tell.ts';
import { sendTimer } from '@devsphere/shared/queue/timer-queue.ts';
import type { PgBoss } from 'pg-boss';
import type { ApprovalQuestion } from './ask-approval.ts';
import type { Claim } from './claim.ts';

/**
 * Stores a question with the job that ends it after its time, and tells of it: in the transaction that lets the task
 * wait, behind the task's own update.
 */
export async function openApproval(
  tx: Tx,
  boss: PgBoss,
  claim: Claim,
  question: ApprovalQuestion,
  expiresAt: Date,
): Promise<void> {
  const { orgId, taskId } = claim;
  await tx.query(
    `insert into approvals (org_id, id, task_id, attempt, step_key, title, form, proposal, fallback, link_hash, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7::jsonb, $8::jsonb, $9::jsonb, $10, $11)`,
    [
      orgId,
      question.id,
      taskId,
      claim.attempt,
      question.stepKey,
      question.title,
      JSON.stringify(question.form),
      JSON.stringify(question.proposal),
      question.fallback && JSON.stringify(question.fallback),
      question.linkHash,
      expiresAt,
    ],
  );
  const timer = { timer: 'approval', orgId, taskId, approvalId: question.id } as const;
  await sendTimer(tx, boss, timer, expiresAt);
  await tell(tx, boss, {
    orgId,
    event: 'task.waiting',
    subject: 'task',
    id: taskId,
    extra: {
      approvalId: question.id,
      approvalTitle: question.title,
      approvalExpiresAt: expiresAt.toISOString(),
    },
  });
}
