import { sql } from 'kysely';
import { notAdmitted } from '../budget/not-admitted.ts';
import { type DebouncedSubmission, debouncedSubmitBody } from '../contracts/http/debounce.ts';
import type { TaskSummary } from '../contracts/http/task.ts';
import { asActor, type Tx } from '../db/doors.ts';
import { selectTaskSummary, toTaskSummary } from '../queries/task-rows.ts';
import { becomeQueueOwner } from '../queue/boss-in-transaction.ts';
import { cancelTaskJobs } from '../queue/cancel-task-jobs.ts';
import { sendTaskJob } from '../queue/send-task-job.ts';
import { validate } from '../validate.ts';
import { checkTaskInput } from './check-task-input.ts';
import { audit, type Caller, type CommandContext, refusal, sqlState } from './command-context.ts';
import { type PreparedSubmission, prepareSubmission } from './prepare-submission.ts';
import { sendTaskJobs } from './send-task-jobs.ts';
import { writeTaskRows } from './write-task-rows.ts';

type Wait = { orgId: string; kind: string; key: string; seconds: number };
type Asked = Omit<DebouncedSubmission, 'debounce'>;

/**
 * Submits a task that waits for others of its key: it starts when none came for a while, with what the last one said,
 * and at the longest wait of the first at the latest. `created` is false when it replaced one that was waiting, which then
 * sets aside what the new input takes. Throws what submitting a task throws; the one that waits stays as it is then.
 */
export async function debounceTask(
  context: CommandContext<Caller>,
  { orgId, ...untrusted }: DebouncedSubmission & { orgId: string },
): Promise<{ task: TaskSummary; created: boolean }> {
  const { debounce, ...asked } = validate(debouncedSubmitBody, untrusted);
  const { key, seconds, maximumSeconds } = debounce;
  const now = await context.database.now();
  const runAt = new Date(now.getTime() + seconds * 1000).toISOString();
  const prepared = prepareSubmission(
    context,
    { ...asked, runAt, orgId, idempotencyKey: null },
    now,
  );
  const wait: Wait = { orgId, kind: asked.kind, key, seconds };
  try {
    return await asActor(context.database, context.actor, async (tx) => {
      // One after the other: of two that come at the same moment the second replaces the first.
      await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 1))', [
        `${orgId} ${asked.kind} ${key}`,
      ]);
      const taskId = await replaceWaiting(tx, context, wait, asked, prepared);
      if (taskId) return { task: await selectTaskSummary(tx, { orgId, taskId }), created: false };
      const [row] = await writeTaskRows(tx, [prepared], { endAsQueueOwner: false });
      if (!row) throw new Error('a submission came back without its row');
      await tx.query(
        `update tasks set debounce_key = $3, debounce_until = now() + make_interval(secs => $4) where org_id = $1 and id = $2`,
        [orgId, prepared.taskId, key, maximumSeconds],
      );
      await Promise.all([tx.query(becomeQueueOwner), sendTaskJobs(tx, context.boss, [prepared])]);
      return { task: toTaskSummary(row), created: true };
    });
  } catch (error) {
    const refused = notAdmitted(error);
    if (refused) throw refused;
    if (sqlState(error) === '42501') throw await refusal(context, orgId, 'tasks.submit', error);
    throw error;
  }
}

/** Gives the task that waits under this key what the new submission says; undefined when none does. */
async function replaceWaiting(
  tx: Tx,
  context: CommandContext<Caller>,
  { orgId, kind: kindName, key, seconds }: Wait,
  asked: Asked,
  { requestHash, job, queue, expected }: PreparedSubmission,
): Promise<string | undefined> {
  const { kind, input } = checkTaskInput(kindName, asked.input);
  const waiting = tx.db
    .selectFrom('tasks')
    .select(['id', 'job_id', 'reserved_nano_usd'])
    .where('org_id', '=', orgId)
    .where('kind', '=', kindName)
    .where('debounce_key', '=', key)
    .where('state', '=', 'queued')
    .where('started_at', 'is', null)
    .where('run_at', '>', sql<Date>`now()`)
    .orderBy('id', 'desc')
    .limit(1);
  const before = await waiting.executeTakeFirst();
  if (!before) return undefined;
  const updated = await tx.db
    .updateTable('tasks')
    .set({
      title: kind.titleOf(input),
      input: JSON.stringify(input),
      request_hash: requestHash,
      job_id: job.id,
      priority: asked.priority ?? 0,
      deadline_seconds: asked.deadlineSeconds ?? null,
      tags: asked.tags ?? [],
      metadata: JSON.stringify(asked.metadata ?? {}),
      reserved_nano_usd: sql<number>`app.estimated_cost(${expected.model}, ${expected.input}, ${expected.output})`,
      run_at: sql<Date>`least(now() + make_interval(secs => ${seconds}), debounce_until)`,
    })
    .where('org_id', '=', orgId)
    .where('id', '=', before.id)
    // Not one that somebody started or stopped meanwhile.
    .where('state', '=', 'queued')
    .where('job_id', '=', before.job_id)
    .returning(['id', 'run_at', 'reserved_nano_usd'])
    .executeTakeFirst();
  if (!updated) return undefined;
  // What waited was admitted: only what the new input takes beyond it needs room. The database counts it already.
  if (updated.reserved_nano_usd > before.reserved_nano_usd)
    await tx.query('select app.admit_spending($1, 0)', [orgId]);
  await audit(tx, context, { orgId, action: 'task.replaced', targetId: updated.id });
  await cancelTaskJobs(tx, queue, [before.job_id]);
  await sendTaskJob(tx, context.boss, {
    orgId,
    taskId: updated.id,
    queue,
    jobId: job.id,
    priority: asked.priority ?? 0,
    startAfter: updated.run_at,
  });
  tx.announceAfterCommit('events', `${orgId}/${updated.id}`);
  return updated.id;
}
