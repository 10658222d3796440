import type { AuditAction } from '../audit-actions.ts';
import type { AuditFacts } from '../audit-changes.ts';
import type { ScheduleDetail } from '../contracts/http/schedule.ts';
import type { Tx } from '../db/doors.ts';
import { asActor } from '../db/doors.ts';
import { tell } from '../outgoing/tell.ts';
import { getSchedule } from '../queries/get-schedule.ts';
import {
  type ScheduleSummaryRow,
  scheduleSummaryColumns,
  toScheduleDetail,
} from '../queries/schedule-rows.ts';
import { audit, type CommandContext, refusal } from './command-context.ts';

export type ScheduleTarget = { orgId: string; scheduleId: string };

export type ScheduleChange = {
  name?: string;
  input?: string;
  cron?: string;
  time_zone?: string;
  catch_up?: string;
  state?: 'active' | 'paused';
  next_run_at?: Date | null;
};

/**
 * Changes a schedule under its row lock and makes it run as the person who changes it. `decide` sees the row and
 * returns what changes, or null for nothing, which writes nothing. Throws `not_found` or `forbidden`.
 */
export async function changeSchedule(
  context: CommandContext,
  { orgId, scheduleId }: ScheduleTarget,
  action: AuditAction,
  decide: (current: ScheduleSummaryRow) => ScheduleChange | null,
): Promise<ScheduleDetail> {
  const row = await asActor(context.database, context.actor, async (tx) => {
    const current = await lockSchedule(tx, orgId, scheduleId);
    if (!current) return undefined;
    const change = decide(current);
    if (!change) return current;
    const [updated] = await Promise.all([
      tx.db
        .updateTable('schedules')
        .set({
          ...change,
          paused_reason: null,
          runs_as: context.actor.userId,
          updated_at: new Date(),
        })
        .where('org_id', '=', orgId)
        .where('id', '=', scheduleId)
        .returning([...scheduleSummaryColumns, 'input'])
        .executeTakeFirstOrThrow(),
      audit(tx, context, {
        orgId,
        action,
        targetId: scheduleId,
        changes: { before: factsOf(current), after: factsOf({ ...current, ...change }) },
      }),
    ]);
    if (action === 'schedule.paused')
      await tell(tx, context.boss, {
        orgId,
        event: 'schedule.paused',
        subject: 'schedule',
        id: scheduleId,
      });
    return updated;
  });
  if (row) return toScheduleDetail(row);
  // The lock needs the right to change: whoever can read it all the same lacks the role.
  await getSchedule(context.database, context.actor, orgId, scheduleId);
  throw await refusal(context, orgId, 'schedules.manage', undefined);
}

function factsOf(row: Omit<ScheduleSummaryRow, 'next_run_at'>): AuditFacts {
  const { name, cron, time_zone, catch_up, state } = row;
  return { name, cron, time_zone, catch_up, state };
}

function lockSchedule(tx: Tx, orgId: string, scheduleId: string) {
  return tx.db
    .selectFrom('schedules')
    .select([...scheduleSummaryColumns, 'input'])
    .where('org_id', '=', orgId)
    .where('id', '=', scheduleId)
    .forUpdate()
    .executeTakeFirst();
}
