import type { PgBoss } from 'pg-boss';
import { ensureApprovalQueue } from './approval-queue.ts';
import { ensureIntegrationQueue } from './integration-queue.ts';
import { ensureMailQueue } from './mail-queue.ts';
import { ensureOrganizationQueue } from './organization-queue.ts';
import { deliveriesLimit, keepCompletedSeconds, keepWaitingSeconds, queues } from './queues.ts';
import { ensureUpkeepQueue } from './upkeep-queue.ts';
import { ensureWebhookQueue } from './webhook-queue.ts';

/** Creates the queues that are missing and brings the others' settings up to date. Safe to repeat. */
export async function ensureQueues(boss: PgBoss): Promise<void> {
  await ensureUpkeepQueue(boss);
  await ensureMailQueue(boss);
  await ensureOrganizationQueue(boss);
  await ensureWebhookQueue(boss);
  await ensureIntegrationQueue(boss);
  await ensureApprovalQueue(boss);
  for (const { name, deadLetter, expireInSeconds, heartbeatSeconds } of Object.values(queues)) {
    const settings = {
      retryLimit: deliveriesLimit,
      retryDelay: 0,
      retryBackoff: false,
      expireInSeconds,
      heartbeatSeconds,
      deleteAfterSeconds: keepCompletedSeconds,
      retentionSeconds: keepWaitingSeconds,
      deadLetter,
    };
    if (!(await boss.getQueue(deadLetter))) {
      await boss.createQueue(deadLetter, {
        retentionSeconds: keepWaitingSeconds,
        deleteAfterSeconds: keepWaitingSeconds,
      });
    }
    if (await boss.getQueue(name)) await boss.updateQueue(name, settings);
    else await boss.createQueue(name, settings);
  }
}
