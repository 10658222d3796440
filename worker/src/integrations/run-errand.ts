import type { OpeningKey } from '@devsphere/shared/crypto/sealing-keys.ts';
import type { Database } from '@devsphere/shared/db/database.ts';
import { asSeveral } from '@devsphere/shared/db/doors.ts';
import type { Logger } from '@devsphere/shared/log.ts';
import {
  type IntegrationJob,
  integrationPayloadVersion,
} from '@devsphere/shared/queue/integration-queue.ts';
import type { PgBoss } from 'pg-boss';
import { deliveryOf, type TakenJob } from '../intake/taken-job.ts';
import { giveBack } from '../outgoing/give-back.ts';
import type { RetryPlan } from '../outgoing/retry-plan.ts';
import { returnJob } from '../runner/return-job.ts';
import {
  type CheckDependencies,
  checkIntegration,
  say,
  type Verdict,
} from './check-integration.ts';
import { markIntegration } from './mark-integration.ts';
import { notificationText } from './notification-text.ts';
import { type OpenIntegration, readIntegration } from './read-integration.ts';

export type ErrandDependencies = CheckDependencies & {
  database: Database;
  boss: PgBoss;
  keys: readonly OpeningKey[];
  /** The address people type, for links; null leaves links out. */
  webUrl: string | null;
  /** What links that answer approvals are derived from; null leaves them out. */
  linkSecret: string | null;
  plan: RetryPlan;
  log: Logger;
};

/** Looks whether an integration works, or says something there; settles the job. Never rejects. */
export async function runErrand(
  deps: ErrandDependencies,
  job: TakenJob<IntegrationJob>,
): Promise<void> {
  const { database, boss, keys } = deps;
  const log = deps.log.child({
    orgId: job.data?.orgId,
    integrationId: job.data?.integrationId,
    errand: job.data?.errand?.do,
  });
  try {
    if (job.data?.version !== integrationPayloadVersion) throw new Error('unknown payload version');
    const { orgId, integrationId: id } = job.data;
    const integration = await readIntegration(database, keys, { orgId, id });
    const verdict = integration && (await run(deps, integration, job.data));
    const delaySeconds = deps.plan.errandDelaysSeconds[job.retryCount];
    if (verdict && 'again' in verdict && delaySeconds !== undefined) {
      log.info({ delaySeconds }, 'errand is tried again');
      await asSeveral(database, { type: 'queue' }, (tx) =>
        returnJob(tx, deliveryOf(job), delaySeconds, { outcome: 'again' }),
      );
      return;
    }
    if (integration && verdict) {
      const broken = 'again' in verdict ? verdict.again : verdict.broken;
      // A chat that is down for a while misses a message; that alone does not make it broken.
      if (job.data.errand.do === 'check' || !('again' in verdict))
        await markIntegration(database, integration, broken);
    }
    await boss.complete(job.name, job, { outcome: 'done' });
    log.info('errand done');
  } catch (error) {
    log.error({ err: error }, 'errand could not be run');
    await giveBack(database, job).catch((failure: unknown) =>
      // The queue gives the job out again when it expires.
      log.error({ err: failure }, 'errand could not be given back'),
    );
  }
}

async function run(
  deps: ErrandDependencies,
  integration: OpenIntegration,
  { orgId, errand }: IntegrationJob,
): Promise<Verdict | undefined> {
  if (errand.do === 'check') return checkIntegration(deps, integration);
  if (integration.kind !== 'slack') return undefined;
  const text = await notificationText(deps.database, orgId, errand, deps);
  return text === undefined ? undefined : say(deps.agent, integration.secret(), text);
}
