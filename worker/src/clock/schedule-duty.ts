import type { ClockDuty } from './clock.ts';

/** Looking a little early costs a look; late, it would cost a second. */
const earlyMilliseconds = 50;

/**
 * Fires schedules, but asks the database only when something is due: the lookout tells when that will be, and tells again
 * whenever it has looked.
 */
export class ScheduleDuty implements ClockDuty {
  readonly name = 'schedules';
  readonly #fire: () => Promise<unknown>;
  /** On the monotonic clock; the first tick looks. */
  #dueAt = 0;

  constructor(fire: () => Promise<unknown>) {
    this.#fire = fire;
  }

  dueIn(milliseconds: number | null): void {
    this.#dueAt =
      milliseconds === null ? Number.POSITIVE_INFINITY : performance.now() + milliseconds;
  }

  async runOnce(): Promise<void> {
    if (performance.now() < this.#dueAt - earlyMilliseconds) return;
    // What is due after that, the next look says.
    this.#dueAt = Number.POSITIVE_INFINITY;
    await this.#fire();
  }
}
