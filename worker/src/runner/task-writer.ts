import type { Database } from '@devsphere/shared/db/database.ts';
import { asSeveral, type SharedTx } from '@devsphere/shared/db/doors.ts';
import { TransactionLine } from '@devsphere/shared/db/transaction-line.ts';
import { type Append, appendEvents, type NewEvent } from './append-events.ts';
import { type Claim, readFence } from './claim.ts';
import { completeJobs, type Success, settleSuccesses } from './settle-successes.ts';

/** What a task writes of itself; `with` gives all its statements before it first waits. */
type Entry =
  | { type: 'append'; append: Append }
  | { type: 'success'; success: Success }
  | { type: 'statements'; claim: Claim; with: (tx: SharedTx) => Promise<unknown> };

/** Entries that share a commit at most. */
const largest = 256;

/**
 * Writes what the tasks of this worker did: those that wait for a commit share the next one, in one pipelined
 * transaction that takes the claims of one organisation's tasks after the other's. Everything is fenced by the attempt:
 * a worker that lost its claim writes nothing, and those beside it are written without it.
 */
export class TaskWriter {
  readonly #line: TransactionLine<Entry, unknown>;

  constructor(database: Database) {
    this.#line = new TransactionLine({ largest, run: (entries) => writeAll(database, entries) });
  }

  /** Appends events of an attempt in order. Rejects with `ClaimLost` when the attempt is no longer the current one. */
  async append(claim: Claim, events: readonly NewEvent[]): Promise<void> {
    await this.#join({ type: 'append', append: { claim, events } });
  }

  /** Ends an attempt that succeeded; see `settleSuccesses`. Rejects with `ClaimLost` when the job is no longer ours. */
  async succeed(success: Success): Promise<void> {
    await this.#join({ type: 'success', success });
  }

  /**
   * Runs statements with the rights of the claim's task, and commits them. They are given before the first wait, and fence
   * themselves, as by `appendEvents`: others' may stand beside them.
   */
  async write<T>(claim: Claim, statements: (tx: SharedTx) => Promise<T>): Promise<T> {
    return (await this.#join({ type: 'statements', claim, with: statements })) as T;
  }

  async #join(entry: Entry): Promise<unknown> {
    try {
      return await this.#line.join(entry);
    } catch (error) {
      throw readFence(error);
    }
  }
}

function writeAll(database: Database, entries: readonly Entry[]): Promise<unknown[]> {
  const byOrganization = [...Map.groupBy(entries, (entry) => claimOf(entry).orgId)];
  const successes = entries.flatMap((entry) => (entry.type === 'success' ? [entry.success] : []));
  return asSeveral(database, { type: 'queue' }, async (tx) => {
    const fenced = completeJobs(tx, successes);
    const results = new Map<Entry, Promise<unknown>>();
    for (const theirs of byOrganization) writeTheirs(tx, theirs, results);
    tx.commitAlong();
    // Statements fail together; the first one's failure is the transaction's, however the others are heard of.
    await Promise.all([fenced, ...results.values()]);
    return Promise.all(entries.map((entry) => results.get(entry)));
  });
}

function tasksOf(orgId: string, entries: readonly Entry[]) {
  const taskIds = [...new Set(entries.map((entry) => claimOf(entry).taskId))];
  return { type: 'tasks', orgId, taskIds } as const;
}

/** Gives the statements of one organisation's tasks. */
function writeTheirs(
  tx: SharedTx,
  [orgId, entries]: [string, Entry[]],
  results: Map<Entry, Promise<unknown>>,
): void {
  const appends = entries.filter((entry) => entry.type === 'append');
  const successes = entries.filter((entry) => entry.type === 'success');
  if (appends.length > 0) {
    tx.become(tasksOf(orgId, appends));
    const appended = appendEvents(
      tx,
      orgId,
      appends.map(({ append }) => append),
    );
    for (const entry of appends) results.set(entry, appended);
  }
  for (const entry of entries) {
    if (entry.type !== 'statements') continue;
    // Claims of one task are quickly read, which each of these statements does.
    tx.become(entry.claim.actor);
    results.set(entry, entry.with(tx));
  }
  if (successes.length > 0) {
    tx.become(tasksOf(orgId, successes));
    const settled = settleSuccesses(
      tx,
      orgId,
      successes.map(({ success }) => success),
    );
    for (const entry of successes) results.set(entry, settled);
  }
}

function claimOf(entry: Entry): Claim {
  switch (entry.type) {
    case 'append':
      return entry.append.claim;
    case 'success':
      return entry.success.claim;
    case 'statements':
      return entry.claim;
  }
}
