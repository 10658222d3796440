import type { Database } from '@devsphere/shared/db/database.ts';
import { deliveryRetention } from './clear-old-deliveries.ts';
import { eventRetention } from './clear-old-events.ts';
import { invitationExpiry } from './expire-invitations.ts';
import type { Probe } from './probes/probe.ts';
import { statusProbes } from './probes/run-probes.ts';
import { usageRollUp } from './roll-up-usage.ts';
import type { UpkeepJob } from './upkeep-job.ts';

type UpkeepDependencies = {
  database: Database;
  /** Looked at by every run of the status probes. */
  probes?: Probe[];
};

/** Every upkeep job of the system. A new one is one more entry. */
export function upkeepJobs({ database, probes = [] }: UpkeepDependencies): UpkeepJob[] {
  return [
    eventRetention(database),
    deliveryRetention(database),
    usageRollUp(database),
    invitationExpiry(database),
    statusProbes(database, probes),
  ];
}
