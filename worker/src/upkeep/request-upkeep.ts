import { serviceQueues } from '@devsphere/shared/queue/service-queues.ts';
import { type UpkeepPayload, upkeepPayloadVersion } from '@devsphere/shared/queue/upkeep-queue.ts';
import type { PgBoss } from 'pg-boss';
import type { ClockDuty } from '../clock/clock.ts';
import type { UpkeepJob } from './upkeep-job.ts';

/**
 * Asks for each upkeep job once per slot: every worker asks, and the queue's singleton key lets one through. What was
 * asked for is remembered, so that a tick costs nothing until the next slot begins.
 */
export function requestUpkeep(boss: PgBoss, jobs: UpkeepJob[]): ClockDuty {
  const asked = new Map<string, number>();
  return {
    name: 'upkeep',
    runOnce: async () => {
      for (const { name, everySeconds } of jobs) {
        const slot = Math.floor(Date.now() / 1000 / everySeconds);
        if (asked.get(name) === slot) continue;
        const payload: UpkeepPayload = { version: upkeepPayloadVersion, job: name };
        await boss.send(serviceQueues.upkeep.name, payload, {
          singletonKey: name,
          singletonSeconds: everySeconds,
        });
        asked.set(name, slot);
      }
    },
  };
}
