import type { Caller } from '@devsphere/shared/commands/command-context.ts';
import type { Database } from '@devsphere/shared/db/database.ts';
import { asEach } from '@devsphere/shared/db/doors.ts';
import type { Query } from '@devsphere/shared/db/query.ts';
import { TransactionLine } from '@devsphere/shared/db/transaction-line.ts';

type Read = { actor: Caller; query: Query<unknown> };

/** Reads that share a transaction at most. */
const largest = 64;

/** Access is looked at again this often: whoever lost it sees nothing after 5 s. */
const recheckMilliseconds = 4_000;

/** Milliseconds until access is to be looked at again. All open streams look at the same moments, so that their reads share. */
export function untilRecheck(now: number = performance.now()): number {
  return recheckMilliseconds - (now % recheckMilliseconds);
}

/** Reads of open event streams: those that come together share a transaction, each with its own reader's rights. */
export class SharedReads {
  readonly #line: TransactionLine<Read, Record<string, unknown>[]>;

  constructor(database: Database) {
    this.#line = new TransactionLine({
      largest,
      run: (reads) =>
        asEach(
          database,
          reads.map(({ actor, query }) => ({
            actor,
            work: async (turn) => (await turn.query(query.text, query.values)).rows,
          })),
          (tx, rows) => {
            tx.commitAlong();
            return rows;
          },
        ),
    });
  }

  /** Answers a query with the rights of the actor. Rejects with the database's error, and with what reading the rows throws. */
  async read<T>(actor: Caller, query: Query<T>): Promise<T> {
    return query.of(await this.#line.join({ actor, query }));
  }
}
