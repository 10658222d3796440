import type { Kysely } from 'kysely';
import type pg from 'pg';
import type { Channel } from './announcer.ts';
import type { Database } from './database.ts';
import { kyselyOn } from './kysely-on-client.ts';
import { runStatement, takeFirstFailure } from './run-statement.ts';
import type { DB } from './schema.generated.ts';

/** Whose rights a transaction has. */
export type Actor =
  | { type: 'person'; userId: string }
  | { type: 'operator'; userId: string }
  | { type: 'visitor' }
  | { type: 'api_key'; orgId: string; keyId: string }
  /** Who shows an API key that has not been looked up yet. */
  | { type: 'unknown_key' }
  | { type: 'task'; orgId: string; taskId: string }
  | { type: 'outgoing'; orgId: string };

/** A transaction that already is somebody. Statements given without waiting for each other share a round trip. */
export type Tx = {
  db: Kysely<DB>;
  /** The role taken, for statements that must leave it for a moment. */
  role: string;
  /** One prepared statement. */
  query: <R extends pg.QueryResultRow>(
    text: string,
    values?: unknown[],
  ) => Promise<pg.QueryResult<R>>;
  /** Sends a notification once the transaction has committed, and never if it rolls back. */
  announceAfterCommit: (channel: Channel, payload: string) => void;
  /** Sends the commit along with the statements given so far, instead of after their answers. None may follow. */
  commitAlong: () => void;
};

/** In a snapshot every statement reads the same moment, and none may write. It holds dead rows back: keep it short. */
export type TransactionKind = 'usual' | 'snapshot';
const begin = { usual: 'begin', snapshot: 'begin isolation level repeatable read read only' };

/**
 * Runs `work` in one transaction with the rights of a person, an operator, a visitor, an API key, one task, or a worker
 * that speaks to the outside for an organisation, under row-level security.
 */
export function asActor<T>(
  database: Database,
  actor: Actor,
  work: (tx: Tx) => Promise<T>,
  kind: TransactionKind = 'usual',
): Promise<T> {
  switch (actor.type) {
    case 'person':
      return inTransaction(
        database,
        'devsphere_member',
        { sub: actor.userId, role: 'authenticated' },
        work,
        kind,
      );
    case 'operator':
      // The role alone opens nothing: every policy asks whether this person is an operator.
      return inTransaction(
        database,
        'devsphere_operator',
        { sub: actor.userId, role: 'authenticated' },
        work,
      );
    case 'visitor':
      return inTransaction(database, 'anon', { role: 'anon' }, work);
    case 'api_key':
      // The claims say which key; what it may do is looked up by the policies, at every statement.
      return inTransaction(
        database,
        'devsphere_api_key',
        { org_id: actor.orgId, key_id: actor.keyId },
        work,
      );
    case 'unknown_key':
      return inTransaction(database, 'devsphere_api_key', {}, work);
    case 'task':
      return inTransaction(
        database,
        'devsphere_task',
        { org_id: actor.orgId, task_id: actor.taskId },
        work,
      );
    case 'outgoing':
      return inTransaction(database, 'devsphere_outgoing', { org_id: actor.orgId }, work);
  }
}

/**
 * Runs `work` in one transaction as the system itself, across organisations: it may touch only the columns and rows
 * that policies name for it. `reason` says what for, and is among the claims.
 */
export function asSystem<T>(
  database: Database,
  reason: string,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  return inTransaction(database, 'devsphere_system', { reason }, work);
}

async function inTransaction<T>(
  database: Database,
  role: string,
  claims: Record<string, string>,
  work: (tx: Tx) => Promise<T>,
  kind: TransactionKind = 'usual',
): Promise<T> {
  const client = await database.pool.connect();
  const announcements: Array<[Channel, string]> = [];
  const query: Tx['query'] = (text, values = []) => runStatement(client, text, values);
  let broken: Error | undefined;
  let committing: Promise<pg.QueryResult> | undefined;
  try {
    // Not awaited one by one: BEGIN, the role and the first statements travel together.
    const opened = Promise.all([
      query(begin[kind]),
      // Both spellings: Supabase's auth.uid() reads the second, its older form and Lite's the first.
      query(
        `select set_config('role', $1, true), set_config('request.jwt.claim.sub', $2, true), set_config('request.jwt.claims', $3, true)`,
        [role, claims.sub ?? '', JSON.stringify(claims)],
      ),
    ]);
    opened.catch(() => {});
    const tx: Tx = {
      db: kyselyOn(client),
      role,
      query,
      announceAfterCommit: (channel, payload) => announcements.push([channel, payload]),
      commitAlong: () => {
        committing = query('commit');
        committing.catch(() => {});
      },
    };
    // Statements of `work` wait in line behind these two; if taking the role fails they fail with it.
    const result = await work(tx);
    await opened;
    const { command } = await (committing ?? query('commit'));
    if (command !== 'COMMIT')
      throw new Error('the transaction was rolled back: a statement in it had failed');
    for (const [channel, payload] of announcements) database.announcer.announce(channel, payload);
    return result;
  } catch (error) {
    await query('rollback').catch((rollbackError: Error) => {
      broken = rollbackError;
    });
    // After the rollback's answer, when every statement sent before it has been answered too.
    const cause = takeFirstFailure(client);
    throw isAborted(error) ? (cause ?? error) : error;
  } finally {
    client.release(broken);
  }
}

function isAborted(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '25P02';
}
