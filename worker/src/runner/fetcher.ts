import type { Logger } from '@devsphere/shared/log.ts';
import type { Db, Job, PgBoss } from 'pg-boss';
import { FairTake } from './fair-take.ts';
import type { PausedQueues } from './paused-queues.ts';
import type { PlanLimits } from './plan-limits.ts';

/** Slow poll behind the notifications: what one loses costs this long at most. */
const backstopMilliseconds = 2_000;

/** After a take that left slots free: more may wait, such as others behind an organisation's limit. */
const afterTakeMilliseconds = 5;

export type FetcherOptions<Payload extends object> = {
  boss: PgBoss;
  /** Runs the statements of the loop. */
  db: Db;
  queue: string;
  /** Jobs at once. */
  slots: number;
  run: (job: Job<Payload>) => Promise<void>;
  /** Whether an operator holds the queue: nothing is taken from it then. */
  paused: PausedQueues;
  /** How many jobs of one organisation run at once; without, jobs are taken as they come. */
  limits?: PlanLimits;
  log: Logger;
};

/**
 * The one loop of a process that takes jobs from a queue: as many as there are free slots, woken by a notification,
 * by a finished job, by the next due time (retries and delayed jobs send no notification), and by a slow poll. While an
 * operator holds the queue it takes nothing; jobs already taken go on.
 */
export class Fetcher<Payload extends object> {
  readonly queue: string;
  readonly #options: FetcherOptions<Payload>;
  readonly #fair: FairTake | undefined;
  readonly #running = new Set<Promise<void>>();
  #stopped = false;
  #woken = false;
  #wakeUp: (() => void) | undefined;
  #loop: Promise<void> | undefined;
  #lookedAt = performance.now();

  constructor(options: FetcherOptions<Payload>) {
    this.queue = options.queue;
    this.#options = options;
    if (options.limits) this.#fair = new FairTake({ ...options, limits: options.limits });
  }

  start(): void {
    this.#loop = this.#run();
  }

  wake(): void {
    this.#woken = true;
    this.#wakeUp?.();
  }

  /** How long ago the loop last looked for work, or found no slot free for it; it does so every 2 s when all is well. */
  get secondsSinceLook(): number {
    return (performance.now() - this.#lookedAt) / 1000;
  }

  /** Resolves when the loop has ended; jobs already taken go on. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.wake();
    await this.#loop;
  }

  /** Resolves when the jobs already taken are done. */
  async finished(): Promise<void> {
    await Promise.all(this.#running);
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      this.#woken = false;
      const free = this.#options.slots - this.#running.size;
      let pause = backstopMilliseconds;
      await this.#options.paused.freshen();
      if (free > 0 && !this.#options.paused.has(this.queue)) {
        try {
          const taken = await this.#take(free);
          this.#lookedAt = performance.now();
          if (taken === free) continue;
          // Those taken get going first, rather than share the processor with looks for more.
          pause =
            taken > 0
              ? afterTakeMilliseconds
              : Math.min(pause, await this.#millisecondsToNextDue());
        } catch (error) {
          this.#options.log.error({ err: error, queue: this.queue }, 'fetching failed');
          pause = 500;
        }
      } else this.#lookedAt = performance.now();
      await this.#sleep(pause);
    }
  }

  async #take(free: number): Promise<number> {
    const { boss, db } = this.#options;
    const jobs = this.#fair
      ? await this.#fair.take<Payload>(free)
      : await boss.fetch<Payload>(this.queue, { batchSize: free, db });
    for (const job of jobs) {
      const done = this.#options.run(job).finally(() => {
        this.#running.delete(done);
        this.wake();
      });
      this.#running.add(done);
    }
    return jobs.length;
  }

  async #millisecondsToNextDue(): Promise<number> {
    const { rows } = await this.#options.db.executeSql(
      `select extract(epoch from least(
         (select min(start_after) from pgboss.job where name = $1 and state = 'created' and not blocked and start_after > now()),
         (select min(start_after) from pgboss.job where name = $1 and state = 'retry' and not blocked and start_after > now())
       ) - now()) * 1000 as milliseconds`,
      [this.queue],
    );
    const milliseconds: unknown = rows[0]?.milliseconds;
    // Rounded up: waking a moment early would find nothing and ask again.
    return milliseconds === null || milliseconds === undefined
      ? backstopMilliseconds
      : Math.ceil(Number(milliseconds)) + 1;
  }

  #sleep(milliseconds: number): Promise<void> {
    if (this.#woken || this.#stopped) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#wakeUp?.(), milliseconds);
      this.#wakeUp = () => {
        clearTimeout(timer);
        this.#wakeUp = undefined;
        resolve();
      };
    });
  }
}
