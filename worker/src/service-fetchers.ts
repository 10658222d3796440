import type { Database } from '@devsphere/shared/db/database.ts';
import type { Logger } from '@devsphere/shared/log.ts';
import type { MailPayload } from '@devsphere/shared/queue/mail-queue.ts';
import type { OrganizationJob } from '@devsphere/shared/queue/organization-queue.ts';
import { serviceQueues } from '@devsphere/shared/queue/service-queues.ts';
import type { TimerJob } from '@devsphere/shared/queue/timer-queue.ts';
import type { UpkeepPayload } from '@devsphere/shared/queue/upkeep-queue.ts';
import type { PgBoss } from 'pg-boss';
import type { Fetcher } from './intake/fetcher.ts';
import { type IntakeDependencies, serviceFetcher } from './intake/intake.ts';
import { type MailOptions, sendQueuedMail } from './mail/send-queued-mail.ts';
import { runOrganizationJob } from './organizations/run-organization-job.ts';
import type { FileStore } from './storage/file-store.ts';
import { runTimer } from './timers/run-timer.ts';
import { runUpkeep } from './upkeep/run-upkeep.ts';
import type { UpkeepJob } from './upkeep/upkeep-job.ts';

type Dependencies = {
  intake: IntakeDependencies;
  boss: PgBoss;
  database: Database;
  jobs: UpkeepJob[];
  /** Null without a mail server: mails wait. */
  mail: MailOptions | null;
  /** Null without a storage: what has files waits. */
  files: FileStore | null;
  log: Logger;
};

/** The loops for everything that is neither a task nor a message to the outside. */
export function serviceFetchers(deps: Dependencies): Fetcher[] {
  const { intake, boss, jobs, log } = deps;
  const { upkeep, mail, timers, organizations } = serviceQueues;
  return [
    serviceFetcher<UpkeepPayload>(intake, upkeep.name, 1, (job) =>
      runUpkeep({ boss, jobs, log }, job),
    ),
    serviceFetcher<MailPayload>(intake, mail.name, 5, (job) => sendQueuedMail(deps, job)),
    serviceFetcher<TimerJob>(intake, timers.name, 5, (job) => runTimer(deps, job)),
    serviceFetcher<OrganizationJob>(intake, organizations.name, 2, (job) =>
      runOrganizationJob(deps, job),
    ),
  ];
}
