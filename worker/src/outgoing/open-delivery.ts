import { open } from '@devsphere/shared/crypto/sealed-secret.ts';
import type { OpeningKey } from '@devsphere/shared/crypto/sealing-keys.ts';
import type { Actor } from '@devsphere/shared/db/actor.ts';
import type { Database } from '@devsphere/shared/db/database.ts';
import { asActor } from '@devsphere/shared/db/doors.ts';
import type { WebhookJob } from '@devsphere/shared/queue/webhook-queue.ts';

/** A delivery as the worker that is about to send it knows it. */
export type OpenDelivery = {
  actor: Actor & { type: 'outgoing' };
  orgId: string;
  deliveryId: string;
  endpointId: string;
  event: string;
  url: string;
  body: string;
  enabled: boolean;
  /** Attempts before this one. */
  attempts: number;
  /** Signing secrets that hold now, newest first. */
  secrets: string[];
};

type Row = {
  endpoint_id: string;
  event: string;
  payload: unknown;
  attempts: number;
  url: string;
  enabled: boolean;
};
type SecretRow = { id: string; key_id: string; wrapped_key: Buffer; ciphertext: Buffer };

/** Reads a delivery that is still to be made and opens its secrets; undefined when there is nothing to do any more. */
export async function openDelivery(
  database: Database,
  keys: readonly OpeningKey[],
  { orgId, deliveryId }: WebhookJob,
): Promise<OpenDelivery | undefined> {
  const actor: OpenDelivery['actor'] = { type: 'outgoing', orgId };
  const [delivery, secrets] = await asActor(database, actor, (tx) =>
    Promise.all([
      tx.query<Row>(
        `select d.endpoint_id, d.event, d.payload, d.attempts, e.url, e.state = 'enabled' as enabled
         from webhook_deliveries d
         join webhook_endpoints e on e.org_id = d.org_id and e.id = d.endpoint_id
         where d.org_id = $1 and d.id = $2 and d.state = 'pending'`,
        [orgId, deliveryId],
      ),
      tx.query<SecretRow>(
        `select s.id, s.key_id, s.wrapped_key, s.ciphertext
         from webhook_secrets s
         join webhook_deliveries d on d.org_id = s.org_id and d.endpoint_id = s.endpoint_id
         where d.org_id = $1 and d.id = $2 and (s.expires_at is null or s.expires_at > now())
         order by s.created_at desc limit 2`,
        [orgId, deliveryId],
      ),
    ]),
  );
  const [row] = delivery.rows;
  if (!row) return undefined;
  return {
    actor,
    orgId,
    deliveryId,
    endpointId: row.endpoint_id,
    event: row.event,
    url: row.url,
    body: JSON.stringify(row.payload),
    enabled: row.enabled,
    attempts: row.attempts,
    secrets: secrets.rows.map((secret) =>
      open(
        keys,
        { orgId, id: secret.id, kind: 'webhook' },
        { keyId: secret.key_id, wrappedKey: secret.wrapped_key, ciphertext: secret.ciphertext },
      ),
    ),
  };
}
