import type { Database } from '@devsphere/shared/db/database.ts';
import type { Logger } from '@devsphere/shared/log.ts';
import { placesOf } from '@devsphere/shared/queue/queues.ts';
import type { ScheduleDuty } from '../clock/schedule-duty.ts';
import type { Controls } from './controls.ts';
import type { Fetcher } from './fetcher.ts';
import { lookAround } from './look-around.ts';
import { Lookout } from './lookout.ts';

export type LookoutDependencies = {
  database: Database;
  controls: Controls;
  fetchers: readonly Fetcher[];
  duty: ScheduleDuty;
  log: Logger;
};

/** The lookout of a worker: it wakes the fetchers of queues that have work, and tells the clock when it is needed. */
export function openLookout({
  database,
  controls,
  fetchers,
  duty,
  log,
}: LookoutDependencies): Lookout {
  const byPlace = new Map(
    fetchers.flatMap((fetcher) =>
      placesOf(fetcher.queue).map((place) => [place, fetcher] as const),
    ),
  );
  return new Lookout({
    look: (judge) => lookAround(database, [...byPlace.keys()], controls, judge),
    onSight: ({ queues, scheduleMilliseconds }) => {
      for (const { queue, ready } of queues) if (ready) byPlace.get(queue)?.wake();
      duty.dueIn(scheduleMilliseconds);
    },
    log,
  });
}
