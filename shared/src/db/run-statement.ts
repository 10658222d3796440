import { createHash } from 'node:crypto';
import type pg from 'pg';

const statementNames = new Map<string, string>();
const firstFailures = new WeakMap<pg.ClientBase, unknown>();

/** Runs one statement, prepared under a name made from its text. */
export async function runStatement<R extends pg.QueryResultRow>(
  client: pg.ClientBase,
  text: string,
  values: readonly unknown[],
): Promise<pg.QueryResult<R>> {
  try {
    return await client.query<R>({ name: statementName(text), text, values: values as unknown[] });
  } catch (error) {
    if (!firstFailures.has(client)) firstFailures.set(client, error);
    throw error;
  }
}

/**
 * The first statement's error since the last call, or undefined. Statements sent together behind a failed one fail too,
 * saying only that the transaction is aborted, and may be heard of first.
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
