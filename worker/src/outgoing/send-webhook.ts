import type { OpeningKey } from '@devsphere/shared/crypto/sealing-keys.ts';
import type { Database } from '@devsphere/shared/db/database.ts';
import type { Logger } from '@devsphere/shared/log.ts';
import { type WebhookJob, webhookPayloadVersion } from '@devsphere/shared/queue/webhook-queue.ts';
import type { PgBoss } from 'pg-boss';
import { Webhook } from 'standardwebhooks';
import type { Dispatcher } from 'undici';
import { failpoint } from '../failpoints.ts';
import type { TakenJob } from '../intake/taken-job.ts';
import { giveBack } from './give-back.ts';
import { type OpenDelivery, openDelivery } from './open-delivery.ts';
import { type PostResult, post } from './post.ts';
import { type RetryPlan, retryDelaySeconds } from './retry-plan.ts';
import { settleDelivery } from './settle-delivery.ts';

export type SendDependencies = {
  database: Database;
  boss: PgBoss;
  keys: readonly OpeningKey[];
  /** Reaches only where strangers may send us. */
  agent: Dispatcher;
  plan: RetryPlan;
  log: Logger;
};

/** Sends one message once and settles its job; a failed one waits for its next attempt. Never rejects. */
export async function sendWebhook(
  deps: SendDependencies,
  job: TakenJob<WebhookJob>,
): Promise<void> {
  const { database, boss, keys, plan } = deps;
  const log = deps.log.child({ orgId: job.data?.orgId, deliveryId: job.data?.deliveryId });
  try {
    if (job.data?.version !== webhookPayloadVersion) throw new Error('unknown payload version');
    const delivery = await openDelivery(database, keys, job.data);
    if (!delivery) {
      await boss.complete(job.name, job, { outcome: 'nothing to do' });
      return;
    }
    failpoint('before-webhook');
    const isTest = delivery.event === 'webhook.test';
    const headers = signedHeaders(delivery);
    const result =
      delivery.enabled || isTest
        ? await post(deps.agent, delivery.url, headers, delivery.body)
        : disabled;
    const retryInSeconds =
      result.error === null || result === disabled || result.status === 410 || isTest
        ? undefined
        : retryDelaySeconds(plan, attemptsOfJob(job, delivery), askedSeconds(result));
    failpoint('before-acknowledge');
    const attempt = { result, requestHeaders: shownHeaders(headers), retryInSeconds };
    const settled = await settleDelivery(database, boss, plan, { job, delivery, attempt });
    log.info(
      { status: result.status, tookMs: result.tookMs, retryInSeconds: retryInSeconds ?? null },
      settled ? 'webhook sent' : 'another worker has this message now',
    );
  } catch (error) {
    log.error({ err: error }, 'webhook could not be sent');
    await giveBack(database, job).catch((failure: unknown) =>
      // The queue gives the job out again when it expires.
      log.error({ err: failure }, 'webhook could not be given back'),
    );
  }
}

/** A message sent again has earlier attempts, and a job given back has deliveries without one: neither counts. */
function attemptsOfJob(job: TakenJob<WebhookJob>, { attempts }: OpenDelivery): number {
  return Math.min(job.retryCount, attempts);
}

const disabled: PostResult = {
  tookMs: 0,
  status: null,
  responseHeaders: null,
  responseBody: null,
  error: 'The webhook was disabled, so nothing was sent.',
};

/** Standard Webhooks: the same id at every attempt, and a signature by each secret that holds now. */
function signedHeaders({ deliveryId, body, secrets }: OpenDelivery): Record<string, string> {
  const id = `msg_${deliveryId}`;
  const now = new Date();
  return {
    'content-type': 'application/json',
    'user-agent': 'DevSphere-Webhooks/1',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, now, body)).join(' '),
  };
}

function shownHeaders(headers: Record<string, string>): Record<string, string> {
  return { ...headers, 'webhook-signature': '[hidden]' };
}

function askedSeconds({ responseHeaders }: PostResult): number | undefined {
  const seconds = Number(responseHeaders?.['retry-after']);
  return Number.isFinite(seconds) && seconds > 0 ? seconds : undefined;
}
