import type { Database } from '@devsphere/shared/db/database.ts';
import { asSystem } from '@devsphere/shared/db/doors.ts';
import type { UpkeepJob } from './upkeep-job.ts';

export type InvitationExpiryConfig = { everySeconds: number; perRun: number; keepDays: number };

// Links are refused at their time anyway; this is for what lists say, and for addresses we no longer need.
const defaults: InvitationExpiryConfig = { everySeconds: 600, perRun: 5_000, keepDays: 90 };

/** Marks invitations whose time is over, and forgets those that ended long ago; the database refuses below 90 days. */
export function invitationExpiry(
  database: Database,
  { everySeconds, perRun, keepDays }: InvitationExpiryConfig = defaults,
): UpkeepJob {
  return {
    name: 'invitation-expiry',
    everySeconds,
    runOnce: () =>
      asSystem(database, 'expire invitations', async (tx) => {
        const expired = await tx.query(
          `update invitations i set state = 'expired', ended_at = now() from (
             select org_id, id from invitations where state = 'pending' and expires_at <= now()
             order by expires_at limit $1 for update skip locked
           ) due where i.org_id = due.org_id and i.id = due.id`,
          [perRun],
        );
        const forgotten = await tx.query(
          `delete from invitations i using (
             select org_id, id from invitations where ended_at < now() - make_interval(days => $2)
             order by ended_at limit $1
           ) old where i.org_id = old.org_id and i.id = old.id`,
          [perRun, keepDays],
        );
        return { expired: expired.rowCount ?? 0, forgotten: forgotten.rowCount ?? 0 };
      }),
  };
}
