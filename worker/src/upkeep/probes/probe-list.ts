import type { Database } from '@devsphere/shared/db/database.ts';
import type { PgBoss } from 'pg-boss';
import { claudeProbe } from './claude-probe.ts';
import { httpProbe } from './http-probe.ts';
import { databaseProbe, queueProbe, schedulerProbe, workersProbe } from './inner-probes.ts';
import type { Probe } from './probe.ts';

/** Where components are found; one without an address is not probed, so the status page has no data of it. */
export type ProbedAddresses = {
  web?: string | undefined;
  api?: string | undefined;
  agent?: string | undefined;
  supabase?: string | undefined;
  claude?: string | undefined;
};

/** Every probe that can be made from here. */
export function probeList(database: Database, boss: PgBoss, at: ProbedAddresses): Probe[] {
  return [
    ...(at.web ? [httpProbe({ component: 'web', url: `${at.web}/api/health` })] : []),
    ...(at.api ? [httpProbe({ component: 'api', url: `${at.api}/readyz` })] : []),
    databaseProbe(database),
    queueProbe(database, boss),
    workersProbe(boss),
    ...(at.claude ? [claudeProbe(database, at.claude)] : []),
    ...(at.agent ? [httpProbe({ component: 'agent', url: `${at.agent}/ready` })] : []),
    schedulerProbe(database),
    ...(at.supabase
      ? [
          httpProbe({
            component: 'storage',
            url: `${at.supabase}/storage/v1/status`,
            anyAnswer: true,
          }),
        ]
      : []),
  ];
}
