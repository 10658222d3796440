import type { Logger } from '@devsphere/shared/log.ts';
import type { NamedJob } from '@devsphere/shared/queue/work-notice.ts';
import type { Controls } from './controls.ts';
import type { WhatWaits } from './what-waits.ts';

/** Work that was taken, ready to go; running it never rejects. */
export type Run = () => Promise<void>;
export type Taken = { runs: readonly Run[]; waits: WhatWaits };
/** `limited`: one of them has to wait until another ends. */
export type TakenByName = { runs: readonly Run[]; limited: boolean };

export type FetcherOptions = {
  queue: string;
  /** Jobs at once. */
  slots: number;
  /** Takes at most so many jobs, and says what is left. */
  take: (free: number) => Promise<Taken>;
  /** Takes jobs that notices named; undefined when that is no use now, so that they are looked for. */
  takeNamed?: (jobs: readonly NamedJob[]) => Promise<TakenByName | undefined>;
  controls: Controls;
  /** Told when something of the queue will be due. */
  onDue: (milliseconds: number) => void;
  log: Logger;
};

const pauseAfterErrorMilliseconds = 500;

/**
 * The one loop of a process that takes jobs from a queue: as many as there are free slots, whenever it is woken: by a
 * notification, by a job that ended while others waited, and by the lookout when something is due. While an operator
 * holds the queue it takes nothing; jobs already taken go on.
 */
export class Fetcher {
  readonly queue: string;
  readonly #options: FetcherOptions;
  readonly #running = new Set<Promise<void>>();
  #stopped = false;
  #woken = true;
  #named: NamedJob[] = [];
  /** Whether something may wait that no slot was free for, or that has to wait for one that runs. */
  #crowded = false;
  #wakeUp: (() => void) | undefined;
  #loop: Promise<void> | undefined;
  #busySince: number | undefined;

  constructor(options: FetcherOptions) {
    this.queue = options.queue;
    this.#options = options;
  }

  start(): void {
    this.#loop = this.#run();
  }

  /** Something may be there; `job` when it is known which. */
  wake(job?: NamedJob): void {
    if (job && this.#named.length < this.#options.slots) this.#named.push(job);
    else this.#woken = true;
    this.#wakeUp?.();
  }

  /** Since when its look for work is under way; 0 while it rests. One takes milliseconds when all is well. */
  get busySeconds(): number {
    return this.#busySince === undefined ? 0 : (performance.now() - this.#busySince) / 1000;
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
      if (!this.#woken && this.#named.length === 0) await this.#rest();
      const named = this.#woken || this.#crowded ? [] : this.#named;
      this.#named = [];
      this.#woken = false;
      const free = this.#options.slots - this.#running.size;
      if (this.#stopped || this.#options.controls.isPaused(this.queue)) continue;
      if (free === 0) {
        this.#crowded = true;
        continue;
      }
      this.#busySince = performance.now();
      try {
        if (named.length === 0 || named.length > free || !(await this.#takeNamed(named)))
          await this.#take(free);
      } catch (error) {
        this.#options.log.error({ err: error, queue: this.queue }, 'fetching failed');
        this.#woken = true;
        await this.#rest(pauseAfterErrorMilliseconds);
      }
      this.#busySince = undefined;
    }
  }

  async #take(free: number): Promise<void> {
    const { runs, waits } = await this.#options.take(free);
    this.#go(runs);
    this.#crowded = waits.more;
    // Others that looked at the same moment had locked some; with none for us, what is left waits for one that runs.
    if (waits.more && (runs.length > 0 || waits.unseen)) this.#woken = true;
    if (waits.dueMilliseconds !== null) this.#options.onDue(waits.dueMilliseconds);
  }

  /** Whether the jobs that notices named were seen to: taken, or somebody else's. */
  async #takeNamed(jobs: readonly NamedJob[]): Promise<boolean> {
    const taken = await this.#options.takeNamed?.(jobs);
    if (!taken) return false;
    this.#go(taken.runs);
    if (taken.limited) this.#crowded = true;
    return true;
  }

  #go(runs: readonly Run[]): void {
    for (const run of runs) {
      const done = run()
        .catch((error: unknown) => {
          this.#options.log.error({ err: error, queue: this.queue }, 'a job could not be run');
        })
        .finally(() => {
          this.#running.delete(done);
          if (this.#crowded) this.wake();
        });
      this.#running.add(done);
    }
  }

  /** Until it is woken, or for the time given. */
  #rest(milliseconds?: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = milliseconds && setTimeout(resolve, milliseconds);
      this.#wakeUp = () => {
        // After an error nobody's wish makes the database answer sooner.
        if (milliseconds && !this.#stopped) return;
        if (timer) clearTimeout(timer);
        this.#wakeUp = undefined;
        resolve();
      };
    });
  }
}
