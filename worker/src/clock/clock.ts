import type { Logger } from '@devsphere/shared/log.ts';
import { createTask, type ScheduledTask } from 'node-cron';

export type ClockDuty = { name: string; runOnce: () => Promise<unknown> };

/**
 * Ticks every second and lets each duty look for what is due. A tick only claims what the tables say, so any number
 * of clocks may run. A duty still busy from an earlier tick is left alone; one that throws is logged and asked again.
 */
export class Clock {
  readonly #duties: ClockDuty[];
  readonly #log: Logger;
  readonly #busy = new Map<ClockDuty, Promise<void>>();
  readonly #task: ScheduledTask;

  constructor({ duties, log }: { duties: ClockDuty[]; log: Logger }) {
    this.#duties = duties;
    this.#log = log;
    this.#task = createTask('* * * * * *', () => this.#tick(), {
      name: 'clock',
      // A late tick is no loss: the next one finds the same rows.
      suppressMissedWarning: true,
    });
  }

  start(): void {
    this.#task.start();
  }

  /** Resolves when no duty is under way any more. */
  async stop(): Promise<void> {
    await this.#task.destroy();
    await Promise.all(this.#busy.values());
  }

  #tick(): void {
    for (const duty of this.#duties) {
      if (this.#busy.has(duty)) continue;
      const done = duty
        .runOnce()
        .then(() => {})
        .catch((error: unknown) => this.#log.error({ err: error, duty: duty.name }, 'duty failed'))
        .finally(() => this.#busy.delete(duty));
      this.#busy.set(duty, done);
    }
  }
}
