import { asActor } from '../db/doors.ts';
import { getSchedule } from '../queries/get-schedule.ts';
import type { ScheduleTarget } from './change-schedule.ts';
import { audit, type CommandContext, refusal } from './command-context.ts';

/** Deletes a schedule and its run history; the tasks it submitted stay. Throws `not_found`, `forbidden`. */
export async function deleteSchedule(
  context: CommandContext,
  { orgId, scheduleId }: ScheduleTarget,
): Promise<void> {
  const deleted = await asActor(context.database, context.actor, async (tx) => {
    const { numDeletedRows } = await tx.db
      .deleteFrom('schedules')
      .where('org_id', '=', orgId)
      .where('id', '=', scheduleId)
      .executeTakeFirstOrThrow();
    if (numDeletedRows === 0n) return false;
    await audit(tx, context, { orgId, action: 'schedule.deleted', targetId: scheduleId });
    return true;
  });
  if (deleted) return;
  await getSchedule(context.database, context.actor, orgId, scheduleId);
  throw await refusal(context, orgId, 'schedules.manage', undefined);
}
