import type { Db, GroupConcurrencyConfig, Job, PgBoss } from 'pg-boss';
import type { PlanLimits } from './plan-limits.ts';

/** Waiting jobs that are looked at to see whose they are; behind them may be somebody not seen. */
const mostLookedAt = 10_000;

export type FairTakeOptions = {
  boss: PgBoss;
  db: Db;
  queue: string;
  limits: PlanLimits;
};

/**
 * Takes jobs of organisations by their plans' limits, and while there are more jobs than slots by turns: none gets more
 * slots than its equal share of those in use, before all the others have theirs. What nobody else wants anybody may have,
 * so no slot stays free. Who comes behind a huge one waits for the next slots that get free, not for its backlog.
 * Max-min fairness: Bertsekas and Gallager, Data Networks, section 6.5.2.
 */
export class FairTake {
  readonly #options: FairTakeOptions;
  /** Whether more jobs may wait than there are slots. It costs a look at who waits, so a queue at rest goes without. */
  #crowded = true;

  constructor(options: FairTakeOptions) {
    this.#options = options;
  }

  /** At most so many jobs; fewer only when no other may run. */
  async take<Payload extends object>(free: number): Promise<Job<Payload>[]> {
    const limits = await this.#options.limits.current();
    const taken: Job<Payload>[] = [];
    if (this.#crowded && limits) {
      const shared = withShare(limits, await this.#share(free));
      // More than one turn: the oldest jobs may all be one organisation's, which gets its share of them only.
      for (let got = -1; got !== 0 && taken.length < free; ) {
        const jobs = await this.#fetch<Payload>(free - taken.length, shared);
        taken.push(...jobs);
        got = jobs.length;
      }
    }
    if (taken.length < free)
      taken.push(...(await this.#fetch<Payload>(free - taken.length, limits)));
    this.#crowded = taken.length === free;
    return taken;
  }

  #fetch<Payload extends object>(
    batchSize: number,
    limits: GroupConcurrencyConfig | undefined,
  ): Promise<Job<Payload>[]> {
    const { boss, db, queue } = this.#options;
    return boss.fetch<Payload>(queue, {
      batchSize,
      db,
      ...(limits ? { groupConcurrency: limits } : {}),
    });
  }

  /** One organisation's share of the slots in use and those free here, among all whose jobs run or wait. */
  async #share(free: number): Promise<number> {
    const { rows } = await this.#options.db.executeSql(
      `with running as (
         select group_id from pgboss.job where name = $1 and state = 'active' and group_id is not null
       ), waiting as (
         select group_id from pgboss.job
         where name = $1 and state < 'active' and not blocked and start_after <= now()
         order by priority desc, created_on limit ${mostLookedAt}
       )
       select (select count(*)::int from running) as running,
              (select count(*)::int
               from (select group_id from running union select group_id from waiting) as seen) as organizations,
              (select count(*) = ${mostLookedAt} from waiting) as more`,
      [this.#options.queue],
    );
    const [row] = rows;
    const slots = Number(row?.running) + free;
    const organizations = Number(row?.organizations) + (row?.more ? 1 : 0);
    return Math.ceil(slots / Math.max(1, organizations));
  }
}

function withShare(
  { default: rest, tiers }: GroupConcurrencyConfig,
  share: number,
): GroupConcurrencyConfig {
  return {
    default: Math.min(rest, share),
    tiers: Object.fromEntries(
      Object.entries(tiers ?? {}).map(([tier, limit]) => [tier, Math.min(limit, share)]),
    ),
  };
}
