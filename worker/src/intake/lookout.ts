import type { Logger } from '@devsphere/shared/log.ts';
import type { Sight } from './look-around.ts';

/** Behind the notifications: what one loses costs this long at most. */
const backstopMilliseconds = 2_000;
/** Times that follow each other closely share a look. */
const closestMilliseconds = 5;

/** Who was away itself knows nothing of others: workers that still run are heard of again within their next beats. */
const doubtMilliseconds = 10_000;

export type LookoutOptions = {
  /** `judge`: whether workers that were not heard from are given up. */
  look: (judge: boolean) => Promise<Sight>;
  onSight: (sight: Sight) => void;
  log: Logger;
};

/**
 * Looks around for the whole process: every 2 s, when somebody asks, and when the next thing is due, for which nobody
 * sends a notification. At rest this is all that a worker asks of the database.
 */
export class Lookout {
  readonly #options: LookoutOptions;
  #timer: NodeJS.Timeout | undefined;
  #timerAt = Number.POSITIVE_INFINITY;
  #looking: Promise<void> | undefined;
  #again = false;
  #stopped = false;
  #lookedAt = performance.now();
  #judgesFrom = 0;

  constructor(options: LookoutOptions) {
    this.#options = options;
  }

  /** How long ago the last look came to its end; 2 s when all is well. */
  get secondsSinceLook(): number {
    return (performance.now() - this.#lookedAt) / 1000;
  }

  /** Looks now; a look under way may have begun too early, so it is followed by another. Never rejects. */
  lookNow(): Promise<void> {
    this.#again = true;
    this.#looking ??= this.#run().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  /** Looks in so many milliseconds, or earlier. */
  lookIn(milliseconds: number): void {
    const at = performance.now() + Math.max(closestMilliseconds, milliseconds);
    if (this.#stopped || at >= this.#timerAt) return;
    clearTimeout(this.#timer);
    this.#timerAt = at;
    this.#timer = setTimeout(() => {
      this.#timerAt = Number.POSITIVE_INFINITY;
      void this.lookNow();
    }, at - performance.now());
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#looking;
  }

  async #run(): Promise<void> {
    while (this.#again && !this.#stopped) {
      this.#again = false;
      try {
        if (this.secondsSinceLook * 1000 > doubtMilliseconds)
          this.#judgesFrom = performance.now() + doubtMilliseconds;
        const sight = await this.#options.look(performance.now() >= this.#judgesFrom);
        this.#lookedAt = performance.now();
        this.#options.onSight(sight);
        for (const { dueMilliseconds } of sight.queues)
          if (dueMilliseconds !== null) this.lookIn(dueMilliseconds);
      } catch (error) {
        this.#judgesFrom = performance.now() + doubtMilliseconds;
        this.#options.log.error({ err: error }, 'looking around failed');
      }
      this.lookIn(backstopMilliseconds);
    }
  }
}
