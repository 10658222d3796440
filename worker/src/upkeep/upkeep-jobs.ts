import type { OpeningKey } from '@devsphere/shared/crypto/sealing-keys.ts';
import type { Database } from '@devsphere/shared/db/database.ts';
import type { PgBoss } from 'pg-boss';
import type { FileStore } from '../storage/file-store.ts';
import { budgetAlerts } from './alert-budgets.ts';
import { deliveryRetention } from './clear-old-deliveries.ts';
import { eventRetention } from './clear-old-events.ts';
import { eventCompaction } from './compact-events.ts';
import { exportExpiry } from './expire-exports.ts';
import { invitationExpiry } from './expire-invitations.ts';
import type { Probe } from './probes/probe.ts';
import { statusProbes } from './probes/run-probes.ts';
import { reconcileCalls } from './reconcile-calls.ts';
import type { UsageReport } from './reconciliation/usage-report.ts';
import { purgeResumption } from './resume-purges.ts';
import { rewrapSecrets } from './rewrap-secrets.ts';
import { usageRollUp } from './roll-up-usage.ts';
import type { UpkeepJob } from './upkeep-job.ts';

type UpkeepDependencies = {
  database: Database;
  boss: PgBoss;
  /** Null without a storage. */
  files: FileStore | null;
  /** Looked at by every run of the status probes. */
  probes?: Probe[];
  /** Open sealed secrets; the newest first. */
  keys?: readonly OpeningKey[];
  /** Null without an Admin key of the model's provider: calls of unknown outcome stay so. */
  usageReport?: UsageReport | null;
};

/** Every upkeep job of the system. A new one is one more entry. */
export function upkeepJobs({
  database,
  boss,
  files,
  probes = [],
  keys = [],
  usageReport = null,
}: UpkeepDependencies): UpkeepJob[] {
  return [
    eventCompaction(database),
    eventRetention(database),
    deliveryRetention(database),
    reconcileCalls(database, usageReport),
    usageRollUp(database),
    budgetAlerts(database, boss),
    invitationExpiry(database),
    exportExpiry(database, files),
    purgeResumption(database, boss),
    rewrapSecrets(database, keys),
    statusProbes(database, probes),
  ];
}
