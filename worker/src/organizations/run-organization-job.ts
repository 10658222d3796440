import type { Logger } from '@devsphere/shared/log.ts';
import {
  type OrganizationJob,
  organizationPayloadVersion,
} from '@devsphere/shared/queue/organization-queue.ts';
import type { PgBoss } from 'pg-boss';
import type { TakenJob } from '../intake/taken-job.ts';
import { exportOrganization } from './export-organization.ts';
import { type PurgeDependencies, purgeOrganization } from './purge-organization.ts';

/** Does long work on an organisation and settles the job; a failure is tried again by the queue. Never rejects. */
export async function runOrganizationJob(
  { boss, log, ...dependencies }: PurgeDependencies & { boss: PgBoss; log: Logger },
  job: TakenJob<OrganizationJob>,
): Promise<void> {
  const delivery = { id: job.id, retryCount: job.retryCount };
  const { version, work, orgId } = job.data;
  try {
    if (version !== organizationPayloadVersion)
      throw new Error(`unknown payload version ${version}`);
    const result =
      job.data.work === 'export'
        ? await exportOrganization(dependencies, job.data)
        : await purgeOrganization(dependencies, orgId);
    await boss.complete(job.name, delivery, result);
    log.info({ work, orgId, ...result }, 'organization job done');
  } catch (error) {
    log.error({ err: error, work, orgId }, 'organization job failed');
    await boss
      .fail(job.name, delivery, { message: 'failed' })
      .catch((failure: unknown) => log.error({ err: failure }, 'job could not be settled'));
  }
}
