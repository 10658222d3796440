import type { Database } from '@devsphere/shared/db/database.ts';
import { eventRetention } from './clear-old-events.ts';
import { usageRollUp } from './roll-up-usage.ts';
import type { UpkeepJob } from './upkeep-job.ts';

/** Every upkeep job of the system. A new one is one more entry. */
export function upkeepJobs({ database }: { database: Database }): UpkeepJob[] {
  return [eventRetention(database), usageRollUp(database)];
}
