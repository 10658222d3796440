import { checkAnswer } from '../../approvals/check-answer.ts';
import type { TaskSummary } from '../../contracts/http/task.ts';
import { asActor } from '../../db/doors.ts';
import { AppError } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { selectTaskSummary } from '../../queries/task-rows.ts';
import { audit, type Caller, type CommandContext, refusal } from '../command-context.ts';
import { approvalOver } from './approval-over.ts';
import { type Continued, continueTask } from './continue-task.ts';

export type AnswerApproval = {
  orgId: string;
  taskId: string;
  approvalId: string;
  /** What was typed into the form; checked by it here. */
  answer: unknown;
};

/**
 * Answers what a task asked: the answer becomes a finished step and the task goes on from it. The same answer again
 * changes nothing. Throws `not_found`, `invalid_request`, `forbidden`, or `conflict` when it is over.
 */
export async function answerApproval(
  context: CommandContext<Caller>,
  { orgId, taskId, approvalId, answer: untrusted }: AnswerApproval,
): Promise<TaskSummary> {
  const { database, actor, boss } = context;
  const answered = await asActor(database, actor, async (tx) => {
    const asked = await tx.db
      .selectFrom('approvals')
      .select('form')
      .where('org_id', '=', orgId)
      .where('task_id', '=', taskId)
      .where('id', '=', approvalId)
      .executeTakeFirst();
    if (!asked) return { outcome: 'unknown' };
    const answer = checkAnswer(asked.form as Record<string, unknown>, untrusted);
    const jobId = newId();
    const { rows } = await tx.query<Continued>(
      'select outcome, job_queue, priority from app.answer_approval($1, $2, $3, $4, $5)',
      [orgId, taskId, approvalId, JSON.stringify(answer), jobId],
    );
    const [outcome] = rows;
    if (outcome?.outcome === 'done') {
      await continueTask(tx, boss, { orgId, taskId, approvalId, jobId }, outcome);
      await audit(tx, context, {
        orgId,
        action: 'task.approval_answered',
        targetId: taskId,
        detail: { approval: approvalId },
      });
    }
    if (outcome?.outcome !== 'done' && outcome?.outcome !== 'unchanged') return outcome;
    return { outcome: 'done', task: await selectTaskSummary(tx, { orgId, taskId }) };
  });
  if (answered && 'task' in answered) return answered.task;
  if (answered?.outcome === 'unknown')
    throw new AppError('not_found', 'There is no such approval, or you may not see it.');
  if (answered?.outcome === 'forbidden')
    throw await refusal(context, orgId, 'tasks.submit', undefined);
  throw approvalOver(answered?.outcome);
}
