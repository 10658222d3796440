import type { Tx } from '@devsphere/shared/db/doors.ts';

/** How many tasks of one organisation may run at once, over all workers. */
export type Limits = {
  /** For jobs whose plan is not known: the smallest. */
  rest: number;
  byPlan: Record<string, number>;
  /** By organisation, where operators set another. */
  overrides: Record<string, number>;
  /** Organisations that start nothing at the moment: their people paused them, or their budget is spent. */
  paused: string[];
};

type Row = {
  queues: string[];
  plans: Record<string, number>;
  overrides: Record<string, number> | null;
  paused: string[];
};

/** Operators set these one by one. */
const mostOverrides = 10_000;
/** More would make each look for work slow; those beyond are put aside when they are taken. */
const mostPausedOrganizations = 1_000;

/** What people and operators set that decides which work is taken, as this process knows it: looked at every 2 s at least. */
export class Controls {
  #queues: ReadonlySet<string> = new Set();
  #limits: Limits | undefined;

  /** Whether an operator holds the queue: nothing is taken from it then. */
  isPaused(queue: string): boolean {
    return this.#queues.has(queue);
  }

  /** Undefined until they could be read once: nothing is taken before. */
  get limits(): Limits | undefined {
    return this.#limits;
  }

  /** Gives the statement that reads them, in a transaction of the system. Rejects with the database's error. */
  async read(tx: Pick<Tx, 'query'>): Promise<void> {
    const { rows } = await tx.query<Row>(
      `select array(select queue from queue_controls) as queues,
              (select jsonb_object_agg(plan, concurrent_tasks) from plans) as plans,
              (select jsonb_object_agg(org_id, concurrent_tasks)
               from (select org_id, concurrent_tasks from concurrency_overrides limit ${mostOverrides}) as o) as overrides,
              array((select org_id::text from organization_pauses union select org_id::text from budget_stops)
                    limit ${mostPausedOrganizations}) as paused`,
    );
    const [row] = rows;
    if (!row) throw new Error('the controls came back without a row');
    this.#queues = new Set(row.queues);
    this.#limits = {
      rest: Math.min(...Object.values(row.plans)),
      byPlan: row.plans,
      overrides: row.overrides ?? {},
      paused: row.paused,
    };
  }
}
