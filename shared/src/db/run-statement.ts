import { createHash } from 'node:crypto';
import type pg from 'pg';
import { type Statement, StatementBatch } from './statement-batch.ts';

type Waiting = {
  statement: Statement;
  done: (error: Error | null, result: pg.QueryResult) => void;
};

const statementNames = new Map<string, string>();
const firstFailures = new WeakMap<pg.ClientBase, unknown>();
const waiting = new WeakMap<pg.ClientBase, Waiting[]>();

/**
 * Runs one statement, prepared under a name made from its text. Statements given in one turn of the event loop are
 * sent together, in that order.
 */
export function runStatement<R extends pg.QueryResultRow>(
  client: pg.ClientBase,
  text: string,
  values: readonly unknown[],
): Promise<pg.QueryResult<R>> {
  return new Promise((resolve, reject) => {
    const entry: Waiting = {
      statement: { name: statementName(text), text, values: values as unknown[] },
      done: (error, result) => {
        if (!error) return resolve(result as pg.QueryResult<R>);
        if (!firstFailures.has(client)) firstFailures.set(client, error);
        reject(error);
      },
    };
    const batch = waiting.get(client);
    if (batch) return void batch.push(entry);
    waiting.set(client, [entry]);
    process.nextTick(send, client);
  });
}

function send(client: pg.ClientBase): void {
  const batch = waiting.get(client) ?? [];
  waiting.delete(client);
  watchOver(client, batch);
  client.query(new StatementBatch(batch) as unknown as pg.Submittable);
}

/** How long statements of a connection may take where that is not the usual. */
export const patience = new WeakMap<pg.ClientBase, number>();

const usualPatience = 15_000;
/** Beyond the statement timeout of the server, so that silence means that the way to it is gone. */
const silenceMilliseconds = 5_000;

/** A half-open connection tells nobody that it is dead: one that answers nothing is cut, and who waits hears of it. */
function watchOver(client: pg.ClientBase, batch: Waiting[]): void {
  const { connection } = client as unknown as { connection: pg.Connection };
  const timer = setTimeout(
    () => connection.stream.destroy(new Error('Connection terminated: no answer')),
    (patience.get(client) ?? usualPatience) + silenceMilliseconds,
  );
  timer.unref();
  let open = batch.length;
  for (const entry of batch) {
    const { done } = entry;
    entry.done = (error, result) => {
      open -= 1;
      if (open === 0) clearTimeout(timer);
      else timer.refresh();
      done(error, result);
    };
  }
}

/**
 * The first statement's error since the last call, or undefined. Statements sent behind a failed one fail too, saying
 * only that the transaction is aborted, and may be heard of first.
 */
export function takeFirstFailure(client: pg.ClientBase): unknown {
  const failure = firstFailures.get(client);
  firstFailures.delete(client);
  return failure;
}

/** The name a statement is prepared under, made from its text; PostgreSQL cuts names at 63 bytes. */
export function statementName(text: string): string {
  const known = statementNames.get(text);
  if (known) return known;
  const name = createHash('sha1').update(text).digest('hex');
  // Statements with a varying number of parameters must not grow this for ever.
  if (statementNames.size > 5_000) statementNames.clear();
  statementNames.set(text, name);
  return name;
}
