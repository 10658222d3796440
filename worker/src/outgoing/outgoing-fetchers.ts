import type Anthropic from '@anthropic-ai/sdk';
import type { OpeningKey } from '@devsphere/shared/crypto/sealing-keys.ts';
import type { Database } from '@devsphere/shared/db/database.ts';
import type { Logger } from '@devsphere/shared/log.ts';
import type { IntegrationJob } from '@devsphere/shared/queue/integration-queue.ts';
import { serviceQueues } from '@devsphere/shared/queue/service-queues.ts';
import type { WebhookJob } from '@devsphere/shared/queue/webhook-queue.ts';
import type { PgBoss } from 'pg-boss';
import type { Fetcher } from '../intake/fetcher.ts';
import { type IntakeDependencies, serviceFetcher } from '../intake/intake.ts';
import { runErrand } from '../integrations/run-errand.ts';
import { createGuardedAgent } from './guarded-agent.ts';
import { defaultRetryPlan, type RetryPlan } from './retry-plan.ts';
import { sendWebhook } from './send-webhook.ts';
import { whileBeating } from './while-beating.ts';

/** How a worker speaks to the outside for organisations. */
export type OutgoingOptions = {
  /** Open what organisations sealed; the newest first. */
  keys: readonly OpeningKey[];
  /** For tests and trying out only. */
  allowPrivateAddresses: boolean;
  /** The address people type, for links in notifications. */
  webUrl?: string | undefined;
  /** What links that answer approvals are derived from; null: notifications have none. */
  linkSecret?: string | null;
  plan?: RetryPlan;
};

type Dependencies = {
  intake: IntakeDependencies;
  boss: PgBoss;
  database: Database;
  claude: Anthropic;
  log: Logger;
};

/** Messages to the outside at once; each is waited for at most a quarter of a minute. */
const messagesAtOnce = 10;

/** The loops that send webhooks and run the errands of integrations, over connections that only reach public places. */
export function outgoingFetchers(
  { intake, boss, database, claude, log }: Dependencies,
  {
    keys,
    allowPrivateAddresses,
    webUrl = '',
    linkSecret = null,
    plan = defaultRetryPlan,
  }: OutgoingOptions,
): { fetchers: Fetcher[]; close: () => Promise<void> } {
  const agent = createGuardedAgent({ allowPrivateAddresses });
  const deps = {
    database,
    boss,
    keys,
    agent,
    claude,
    plan,
    log,
    webUrl: webUrl || null,
    linkSecret,
  };
  const { webhooks, integrations } = serviceQueues;
  return {
    fetchers: [
      serviceFetcher<WebhookJob>(intake, webhooks.name, messagesAtOnce, (job) =>
        whileBeating(boss, log, job, () => sendWebhook(deps, job)),
      ),
      serviceFetcher<IntegrationJob>(intake, integrations.name, messagesAtOnce, (job) =>
        whileBeating(boss, log, job, () => runErrand(deps, job)),
      ),
    ],
    close: () => agent.close(),
  };
}
