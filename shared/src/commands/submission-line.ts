import type { PgBoss } from 'pg-boss';
import type { Database } from '../db/database.ts';
import type { TaskSummaryRow } from '../queries/task-rows.ts';
import { sqlState } from './command-context.ts';
import { type Submitting, writeSubmissions } from './write-submissions.ts';

type Waiting = {
  submitting: Submitting;
  boss: PgBoss;
  resolve: (row: TaskSummaryRow) => void;
  reject: (error: unknown) => void;
};

/** Submissions that share a commit at most. */
const largestBatch = 64;

/** A commit that takes longer than this, behind a lock for example, keeps nobody else waiting. */
const patienceMilliseconds = 20;

/** One transaction's outcome is not known for sure: nothing is written a second time. Source: appendix "PostgreSQL Error Codes". */
const uncertainClasses = ['08', '53', '57', '58', 'XX'];

const lines = new WeakMap<Database, SubmissionLine>();

/**
 * Writes a submission. One alone goes at once; those that come while a commit is on its way go together in the next, so
 * that many at a time cost one commit. What one of them does wrong only that one hears of. Rejects with the database's
 * error.
 */
export function writeInLine(
  database: Database,
  boss: PgBoss,
  submitting: Submitting,
): Promise<TaskSummaryRow> {
  const line = lines.get(database) ?? new SubmissionLine(database);
  lines.set(database, line);
  return new Promise((resolve, reject) => line.join({ submitting, boss, resolve, reject }));
}

class SubmissionLine {
  readonly #database: Database;
  readonly #waiting: Waiting[] = [];
  #leaving = false;
  /** Commits on their way that others wait for. */
  #awaited = 0;

  constructor(database: Database) {
    this.#database = database;
  }

  join(entry: Waiting): void {
    this.#waiting.push(entry);
    this.#leaveSoon();
  }

  /** At the end of this turn of the event loop, so that those who come in one turn go together. */
  #leaveSoon(): void {
    if (this.#leaving || this.#awaited > 0 || this.#waiting.length === 0) return;
    this.#leaving = true;
    process.nextTick(() => {
      this.#leaving = false;
      void this.#leave();
    });
  }

  async #leave(): Promise<void> {
    const batch = this.#waiting.splice(0, largestBatch);
    let awaited = true;
    this.#awaited += 1;
    const goOn = () => {
      if (awaited) this.#awaited -= 1;
      awaited = false;
      this.#leaveSoon();
    };
    const patience = setTimeout(goOn, patienceMilliseconds);
    try {
      await this.#write(batch);
    } finally {
      clearTimeout(patience);
      goOn();
    }
  }

  async #write(batch: Waiting[]): Promise<void> {
    const [first] = batch;
    if (!first) return;
    try {
      const all = batch.map(({ submitting }) => submitting);
      const rows = await writeSubmissions(this.#database, first.boss, all);
      batch.forEach(({ resolve, reject }, index) => {
        const row = rows[index];
        if (row) resolve(row);
        else reject(new Error('a submission came back without its row'));
      });
    } catch (error) {
      if (batch.length > 1 && isRolledBack(error)) {
        await Promise.all(batch.map((entry) => this.#write([entry])));
      } else {
        for (const { reject } of batch) reject(error);
      }
    }
  }
}

/** Whether the server itself refused a statement, so that nothing of its transaction can have been committed. */
function isRolledBack(error: unknown): boolean {
  const state = sqlState(error);
  return (
    state !== undefined &&
    /^[0-9A-Z]{5}$/.test(state) &&
    !uncertainClasses.includes(state.slice(0, 2))
  );
}
