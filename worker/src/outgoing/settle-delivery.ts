import type { Database } from '@devsphere/shared/db/database.ts';
import { asActor, type Tx } from '@devsphere/shared/db/doors.ts';
import { newId } from '@devsphere/shared/ids.ts';
import { affected } from '@devsphere/shared/queue/affected.ts';
import { bossInTransaction } from '@devsphere/shared/queue/boss-in-transaction.ts';
import type { WebhookJob } from '@devsphere/shared/queue/webhook-queue.ts';
import type { PgBoss } from 'pg-boss';
import { deliveryOf, type TakenJob } from '../intake/taken-job.ts';
import { returnJob } from '../runner/return-job.ts';
import type { OpenDelivery } from './open-delivery.ts';
import type { PostResult } from './post.ts';
import type { RetryPlan } from './retry-plan.ts';

/** One attempt that is over. */
export type Attempt = {
  result: PostResult;
  requestHeaders: Record<string, string>;
  /** Undefined when there is no further attempt. */
  retryInSeconds: number | undefined;
};

/**
 * Ends an attempt: job, attempt, delivery and the endpoint's standing change in one transaction that begins with the job,
 * fenced by its delivery number. Returns false, having written nothing, when another worker has the job now.
 */
export async function settleDelivery(
  database: Database,
  boss: PgBoss,
  plan: RetryPlan,
  {
    job,
    delivery,
    attempt,
  }: { job: TakenJob<WebhookJob>; delivery: OpenDelivery; attempt: Attempt },
): Promise<boolean> {
  return asActor(database, delivery.actor, async (tx) => {
    if ((await settleJob(tx, boss, job, attempt)) !== 1) return false;
    await Promise.all([
      recordAttempt(tx, delivery, attempt),
      moveDelivery(tx, delivery, attempt),
      delivery.event === 'webhook.test' ? undefined : judgeEndpoint(tx, delivery, attempt, plan),
    ]);
    return true;
  });
}

async function settleJob(
  tx: Tx,
  boss: PgBoss,
  job: TakenJob<WebhookJob>,
  { result, retryInSeconds }: Attempt,
): Promise<number> {
  const output = { status: result.status, delivered: result.error === null };
  if (retryInSeconds === undefined)
    return affected(await boss.complete(job.name, job, output, bossInTransaction(tx)));
  return returnJob(tx, deliveryOf(job), retryInSeconds, output);
}

async function recordAttempt(
  tx: Tx,
  delivery: OpenDelivery,
  { result, requestHeaders }: Attempt,
): Promise<void> {
  await tx.query(
    `insert into webhook_attempts (org_id, delivery_id, attempt, at, took_ms, request_headers, status, response_headers, response_body, error)
     values ($1, $2, $3, now() - make_interval(secs => $4 / 1000.0), $4, $5, $6, $7, $8, $9)`,
    [
      delivery.orgId,
      delivery.deliveryId,
      delivery.attempts + 1,
      result.tookMs,
      JSON.stringify(requestHeaders),
      result.status,
      result.responseHeaders && JSON.stringify(result.responseHeaders),
      result.responseBody,
      result.error,
    ],
  );
}

async function moveDelivery(
  tx: Tx,
  delivery: OpenDelivery,
  { result, retryInSeconds }: Attempt,
): Promise<void> {
  const ended = result.error === null ? 'delivered' : 'failed';
  await tx.query(
    `update webhook_deliveries set attempts = attempts + 1, state = $3,
            next_attempt_at = now() + make_interval(secs => $4::float8),
            ended_at = case when $4::float8 is null then now() end
     where org_id = $1 and id = $2`,
    [
      delivery.orgId,
      delivery.deliveryId,
      retryInSeconds === undefined ? ended : 'pending',
      retryInSeconds ?? null,
    ],
  );
}

/** Whether an endpoint goes on being told: not after too many failures in a row for too long, nor when it says it is gone. */
async function judgeEndpoint(
  tx: Tx,
  delivery: OpenDelivery,
  { result, retryInSeconds }: Attempt,
  plan: RetryPlan,
): Promise<void> {
  if (result.error === null) {
    await tx.query(
      `update webhook_endpoints set failures = 0, failing_since = null, last_success_at = now()
       where org_id = $1 and id = $2`,
      [delivery.orgId, delivery.endpointId],
    );
    return;
  }
  const gone = result.status === 410;
  const { rows } = await tx.query<{ state: string }>(
    `update webhook_endpoints e set failures = failures + 1, failing_since = coalesce(failing_since, now()),
            state = case when j.given_up then 'disabled' else state end,
            disabled_reason = case when j.given_up then $3 else disabled_reason end,
            updated_at = case when j.given_up then now() else updated_at end
     from (
       select e.org_id, e.id,
              $4 or (e.failures + 1 >= $5 and e.failing_since <= now() - make_interval(secs => $6))
                 or ($7 and coalesce(e.last_success_at, '-infinity') < d.created_at) as given_up
       from webhook_endpoints e
       join webhook_deliveries d on d.org_id = e.org_id and d.endpoint_id = e.id and d.id = $8
       where e.org_id = $1 and e.id = $2 and e.state = 'enabled' for update of e
     ) j
     where e.org_id = j.org_id and e.id = j.id
     returning e.state`,
    [
      delivery.orgId,
      delivery.endpointId,
      gone
        ? 'The receiver answered 410: it is gone.'
        : `Too many messages failed in a row. The last time: ${result.error}`.slice(0, 300),
      gone,
      plan.failuresInARow,
      plan.failingSeconds,
      retryInSeconds === undefined,
      delivery.deliveryId,
    ],
  );
  if (rows[0]?.state !== 'disabled') return;
  await tx.query(
    `insert into audit_entries (org_id, id, actor_type, action, target_type, target_id, detail)
     values ($1, $2, 'system', 'webhook.disabled', 'webhook', $3, $4)`,
    [delivery.orgId, newId(), delivery.endpointId, JSON.stringify({ reason: result.error })],
  );
}
