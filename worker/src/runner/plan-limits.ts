import type { Database } from '@devsphere/shared/db/database.ts';
import { asSystem } from '@devsphere/shared/db/doors.ts';
import type { Logger } from '@devsphere/shared/log.ts';
import type { GroupConcurrencyConfig } from 'pg-boss';

/** Plans hardly change. */
const freshMilliseconds = 30_000;

/** How many tasks of one organisation may run at once, over all workers, by its plan. */
export class PlanLimits {
  readonly #database: Database;
  readonly #log: Logger;
  #limits: GroupConcurrencyConfig | undefined;
  #readAt = Number.NEGATIVE_INFINITY;

  constructor(database: Database, log: Logger) {
    this.#database = database;
    this.#log = log;
  }

  /** The last known limits; a job without a plan is held to the smallest. Undefined until they could be read once. */
  async current(): Promise<GroupConcurrencyConfig | undefined> {
    if (performance.now() - this.#readAt > freshMilliseconds) {
      try {
        this.#limits = await this.#read();
        this.#readAt = performance.now();
      } catch (error) {
        this.#log.error({ err: error }, 'the limits of the plans could not be read');
      }
    }
    return this.#limits;
  }

  #read(): Promise<GroupConcurrencyConfig> {
    return asSystem(this.#database, 'read the limits of plans', async (tx) => {
      const { rows } = await tx.query<{ plan: string; concurrent_tasks: number }>(
        'select plan, concurrent_tasks from plans',
      );
      return {
        default: Math.min(...rows.map(({ concurrent_tasks }) => concurrent_tasks)),
        tiers: Object.fromEntries(
          rows.map(({ plan, concurrent_tasks }) => [plan, concurrent_tasks]),
        ),
      };
    });
  }
}
