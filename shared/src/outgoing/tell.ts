import type { PgBoss } from 'pg-boss';
import type { OutgoingEvent } from '../contracts/outgoing-events.ts';
import type { Tx } from '../db/doors.ts';
import { sendIntegrationJob } from '../queue/integration-queue.ts';
import { sendWebhookJob } from '../queue/webhook-queue.ts';

export type Told = {
  orgId: string;
  event: OutgoingEvent;
  subject: 'task' | 'schedule' | 'budget';
  id: string;
  /** Said besides what is known of the subject. */
  extra?: Record<string, string | number | null>;
};

/**
 * Tells whoever chose to hear of an event: deliveries and their jobs are born in the transaction of what happened. Call
 * it after the change it tells of. Nothing is written when nobody listens.
 */
export async function tell(tx: Tx, boss: PgBoss, told: Told): Promise<void> {
  const { rows } = await tx.query<{ target: 'webhook' | 'notification'; id: string }>(
    'select target, id from app.tell($1, $2, $3, $4, $5)',
    [told.orgId, told.event, told.subject, told.id, JSON.stringify(told.extra ?? {})],
  );
  await Promise.all(
    rows.map(({ target, id }) =>
      target === 'webhook'
        ? sendWebhookJob(tx, boss, told.orgId, id)
        : sendIntegrationJob(tx, boss, {
            orgId: told.orgId,
            integrationId: id,
            errand: {
              do: 'notify',
              event: told.event,
              subject: told.subject,
              subjectId: told.id,
            },
          }),
    ),
  );
}
