import type { PgBoss } from 'pg-boss';
import type { Database } from '../db/database.ts';
import { TransactionLine } from '../db/transaction-line.ts';
import type { TaskSummaryRow } from '../queries/task-rows.ts';
import { type Submitting, writeSubmissions } from './write-submissions.ts';

type Entry = { submitting: Submitting; boss: PgBoss };
type SubmissionLine = TransactionLine<Entry, TaskSummaryRow>;

/** Submissions that share a commit at most. */
const largest = 64;

const lines = new WeakMap<Database, SubmissionLine>();

/**
 * Writes a submission together with those that wait for a commit beside it, each under its own actor's rights. Rejects
 * with the database's error.
 */
export function writeInLine(
  database: Database,
  boss: PgBoss,
  submitting: Submitting,
): Promise<TaskSummaryRow> {
  const line = lines.get(database) ?? lineOf(database);
  lines.set(database, line);
  return line.join({ submitting, boss });
}

function lineOf(database: Database): SubmissionLine {
  return new TransactionLine({
    largest,
    run: async (entries) => {
      const [first] = entries;
      if (!first) return [];
      const all = entries.map(({ submitting }) => submitting);
      return writeSubmissions(database, first.boss, all);
    },
  });
}
