import type { Database } from '@devsphere/shared/db/database.ts';
import { asSystem } from '@devsphere/shared/db/doors.ts';
import type { Logger } from '@devsphere/shared/log.ts';

/** Behind the notifications: losing one keeps a pause from this process no longer than this. */
const freshMilliseconds = 2_000;

/** What this process knows of the queues operators paused. */
export class PausedQueues {
  readonly #database: Database;
  readonly #log: Logger;
  #paused: ReadonlySet<string> = new Set();
  #reading: Promise<void> | undefined;
  #stale = false;
  #readAt = Number.NEGATIVE_INFINITY;

  constructor(database: Database, log: Logger) {
    this.#database = database;
    this.#log = log;
  }

  has(queue: string): boolean {
    return this.#paused.has(queue);
  }

  /** Reads the table again unless that was done a moment ago. */
  async freshen(): Promise<void> {
    if (performance.now() - this.#readAt > freshMilliseconds) await this.refresh();
  }

  /** Reads the table again. Never rejects: after a failure the last known state holds, and the next reading corrects it. */
  refresh(): Promise<void> {
    // A reading under way may have looked before the change: it is followed by another.
    this.#stale = true;
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #read(): Promise<void> {
    while (this.#stale) {
      this.#stale = false;
      try {
        const { rows } = await asSystem(this.#database, 'read paused queues', (tx) =>
          tx.query<{ queue: string }>('select queue from queue_controls'),
        );
        this.#readAt = performance.now();
        this.#paused = new Set(rows.map(({ queue }) => queue));
      } catch (error) {
        this.#log.error({ err: error }, 'paused queues could not be read');
      }
    }
  }
}
