import type { Database } from '@devsphere/shared/db/database.ts';
import { asActor } from '@devsphere/shared/db/doors.ts';
import type { Logger } from '@devsphere/shared/log.ts';
import { affected } from '@devsphere/shared/queue/affected.ts';
import type { PgBoss } from 'pg-boss';
import type { Claim } from './claim.ts';
import type { StopReason } from './outcome.ts';

/** A third of the queue's heartbeat: two may be missed before the job is given to another worker. */
const beatMilliseconds = 3_000;

export type HeartbeatOptions = {
  database: Database;
  boss: PgBoss;
  claim: Claim;
  stop: (reason: StopReason) => void;
  log: Logger;
};

/**
 * Tells the queue that the attempt is alive, and looks whether it still should be: a claim that passed to another
 * worker, or a cancellation whose notification was lost, stops it.
 */
export function startHeartbeat({ database, boss, claim, stop, log }: HeartbeatOptions): {
  stop: () => void;
} {
  const beat = async () => {
    try {
      const response = await boss.touch(claim.queue, {
        id: claim.jobId,
        retryCount: claim.delivery,
      });
      if (affected(response) !== 1) return stop('claim lost');
      const { rows } = await asActor(database, claim.actor, (tx) =>
        tx.query<{ attempt: number; cancel_requested_at: Date | null }>(
          'select attempt, cancel_requested_at from tasks where org_id = $1 and id = $2',
          [claim.orgId, claim.taskId],
        ),
      );
      if (rows[0]?.attempt !== claim.attempt) return stop('claim lost');
      if (rows[0].cancel_requested_at) stop('cancelled');
    } catch (error) {
      // The next beat tries again; if none gets through, the queue gives the job to another worker.
      log.warn({ err: error }, 'heartbeat failed');
    }
  };
  const timer = setInterval(() => void beat(), beatMilliseconds);
  return { stop: () => clearInterval(timer) };
}
