import type { Database } from '@devsphere/shared/db/database.ts';
import { asSystem } from '@devsphere/shared/db/doors.ts';
import { platformAccount } from '../../claude/provider-gate.ts';
import { httpProbe } from './http-probe.ts';
import type { Probe } from './probe.ts';

/**
 * Whether the calls of our tasks are answered, as their circuit breaker knows, and whether Claude can be reached at all.
 * No prompt is sent: that would cost money.
 */
export function claudeProbe(database: Database, url: string): Probe {
  const reach = httpProbe({ component: 'claude', url, method: 'HEAD', anyAnswer: true });
  return {
    component: 'claude',
    look: async (signal) => {
      const { rows } = await asSystem(database, 'probe the model provider', (tx) =>
        tx.query('select from provider_gates where account = $1 and opened_at is not null', [
          platformAccount,
        ]),
      );
      return rows.length > 0
        ? { state: 'degraded', detail: 'Calls fail: tasks wait and go on by themselves.' }
        : reach.look(signal);
    },
  };
}
