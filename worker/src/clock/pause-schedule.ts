import type { Tx } from '@devsphere/shared/db/doors.ts';
import { newId } from '@devsphere/shared/ids.ts';
import { tell } from '@devsphere/shared/outgoing/tell.ts';
import type { PgBoss } from 'pg-boss';

/** Pauses a schedule by the clock, with the reason people will read; one that somebody changed meanwhile stays. */
export async function pauseSchedule(
  tx: Tx,
  boss: PgBoss,
  schedule: { org_id: string; id: string; runs_as: string },
  reason: string,
): Promise<void> {
  const { rowCount } = await tx.query(
    `update schedules set state = 'paused', paused_reason = $3, next_run_at = null, updated_at = now()
     where org_id = $1 and id = $2 and runs_as = $4`,
    [schedule.org_id, schedule.id, reason, schedule.runs_as],
  );
  if (rowCount === 0) return;
  await tx.query(
    `insert into audit_entries (org_id, id, actor_type, action, target_type, target_id, detail)
     values ($1, $2, 'system', 'schedule.paused', 'schedule', $3, $4)`,
    [schedule.org_id, newId(), schedule.id, JSON.stringify({ reason })],
  );
  await tell(tx, boss, {
    orgId: schedule.org_id,
    event: 'schedule.paused',
    subject: 'schedule',
    id: schedule.id,
  });
}
