import { asActor } from '../db/doors.ts';
import { digestJson } from '../digest.ts';
import { getSchedule } from '../queries/get-schedule.ts';
import type { ScheduleTarget } from './change-schedule.ts';
import { checkIdempotencyKey } from './check-task-input.ts';
import { audit, type CommandContext } from './command-context.ts';
import { type SubmittedTask, submitTask } from './submit-task.ts';

/**
 * Submits a schedule's task at once, as the person who asks, paused or not; the next occurrence stays as it is. The
 * same key gets the first answer. Throws `not_found`, `forbidden`, and what submitting throws.
 */
export async function runScheduleNow(
  context: CommandContext,
  { orgId, scheduleId, idempotencyKey }: ScheduleTarget & { idempotencyKey: string },
): Promise<SubmittedTask> {
  checkIdempotencyKey(idempotencyKey);
  const { kind, input } = await getSchedule(context.database, context.actor, orgId, scheduleId);
  const submitted = await submitTask(context, {
    orgId,
    kind,
    input,
    // Digested, so that the longest key still fits and none can be mistaken for a nominal time.
    idempotencyKey: `schedule:${scheduleId}:now:${digestJson(idempotencyKey)}`,
  });
  await asActor(context.database, context.actor, async (tx) => {
    const { numInsertedOrUpdatedRows } = await tx.db
      .insertInto('schedule_runs')
      .values({
        org_id: orgId,
        schedule_id: scheduleId,
        nominal_at: new Date(submitted.task.createdAt),
        trigger: 'person',
        state: 'fired',
        runs_as: context.actor.userId,
        task_id: submitted.task.id,
        fired_at: new Date(submitted.task.createdAt),
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow();
    // Nothing inserted: the same press again, whose run is already in the history.
    if (numInsertedOrUpdatedRows === 0n) return;
    await audit(tx, context, { orgId, action: 'schedule.run', targetId: scheduleId });
  });
  return submitted;
}
