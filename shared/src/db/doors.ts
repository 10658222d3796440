import type { Kysely } from 'kysely';
import type pg from 'pg';
import { type Actor, type Identity, identityOf, type Party } from './actor.ts';
import type { Channel } from './announcer.ts';
import type { Database } from './database.ts';
import { kyselyOn } from './kysely-on-client.ts';
import { patience, runStatement, takeFirstFailure } from './run-statement.ts';
import type { DB } from './schema.generated.ts';

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
  /** Lets statements from here on take so long, instead of the usual 15 s. */
  bePatient: (milliseconds: number) => void;
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
  return inTransaction(database, identityOf(actor), work, kind);
}

/** A transaction that several share: what is given after `become` has the rights of that party. */
export type SharedTx = Tx & { become: (party: Party) => void };

/**
 * Runs `work` in one transaction that begins with the rights of `first` and takes others as it goes. For statements that are
 * given one after the other: whoever awaits something must not go on in the belief to be still the same.
 */
export function asSeveral<T>(
  database: Database,
  first: Party,
  work: (tx: SharedTx) => Promise<T>,
): Promise<T> {
  return inTransaction(database, identityOf(first), (tx) => work(shared(tx)));
}

function shared(tx: Tx): SharedTx {
  return Object.assign(tx, {
    become: (party: Party) => {
      const identity = identityOf(party);
      tx.role = identity.role;
      takeIdentity(tx.query, identity).catch(() => {});
    },
  });
}

/** What one of several actors may do in their shared transaction. */
export type Turn = Pick<Tx, 'query'>;

/**
 * Runs one work for each of several actors in one transaction, each with its own actor's rights: all are committed, or
 * none. A work gives all its statements before it first waits: then it is somebody else's turn, and what it gives later
 * is refused. `finish` gets their results to come when the last has given its statements, with that one's rights.
 */
export function asEach<T, R>(
  database: Database,
  works: ReadonlyArray<{ actor: Actor; work: (turn: Turn) => Promise<T> }>,
  finish: (tx: Tx, results: Promise<T[]>) => Promise<R>,
  /** Behind a lock that one of them needs all would wait: they had better try again apart. */
  isShared = works.length > 1,
): Promise<R> {
  const [first] = works;
  if (!first) throw new RangeError('nobody is to do anything');
  return asSeveral(database, first.actor, (tx) => {
    if (isShared) tx.query(`select set_config('lock_timeout', '500ms', true)`).catch(() => {});
    let now = first.actor;
    const results = works.map(({ actor, work }) => {
      if (actor !== now) tx.become(actor);
      now = actor;
      let over = false;
      const result = work({
        query: (text, values) =>
          over
            ? Promise.reject(new Error('a statement was given when its turn was over'))
            : tx.query(text, values),
      });
      over = true;
      return result;
    });
    return finish(tx, Promise.all(results));
  });
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
  return inTransaction(database, identityOf({ type: 'system', reason }), work);
}

function takeIdentity(query: Tx['query'], { role, claims }: Identity): Promise<pg.QueryResult> {
  // Both spellings: Supabase's auth.uid() reads the second, its older form and Lite's the first.
  return query(
    `select set_config('role', $1, true), set_config('request.jwt.claim.sub', $2, true), set_config('request.jwt.claims', $3, true)`,
    [role, claims.sub ?? '', JSON.stringify(claims)],
  );
}

async function inTransaction<T>(
  database: Database,
  identity: Identity,
  work: (tx: Tx) => Promise<T>,
  kind: TransactionKind = 'usual',
): Promise<T> {
  const client = await database.pool.connect();
  const announcements: Array<[Channel, string]> = [];
  let over = false;
  const query: Tx['query'] = (text, values = []) => runStatement(client, text, values);
  let broken: Error | undefined;
  let committing: Promise<pg.QueryResult> | undefined;
  try {
    // Not awaited one by one: BEGIN, the role and the first statements travel together.
    const opened = Promise.all([query(begin[kind]), takeIdentity(query, identity)]);
    opened.catch(() => {});
    const tx: Tx = {
      db: kyselyOn(client),
      role: identity.role,
      // One that was slow to give its statement would reach into the connection's next transaction.
      query: (text, values) =>
        over ? Promise.reject(new Error('the transaction has ended')) : query(text, values),
      bePatient: (milliseconds) => {
        patience.set(client, milliseconds);
        query(`select set_config('statement_timeout', $1, true)`, [`${milliseconds}`]).catch(
          () => {},
        );
      },
      announceAfterCommit: (channel, payload) => announcements.push([channel, payload]),
      commitAlong: () => {
        if (over) return;
        committing = query('commit');
        committing.catch(() => {});
        // Skipped by the server unless the commit succeeds.
        const announcement = database.announcer.lead(announcements);
        if (!announcement) return;
        announcements.length = 0;
        // Losing it costs a poll; its failure is none of the next transaction.
        query(announcement.text, announcement.values).catch(() => takeFirstFailure(client));
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
    over = true;
    await query('rollback').catch((rollbackError: Error) => {
      broken = rollbackError;
    });
    // After the rollback's answer, when every statement sent before it has been answered too.
    const cause = takeFirstFailure(client);
    throw isAborted(error) ? (cause ?? error) : error;
  } finally {
    over = true;
    patience.delete(client);
    client.release(broken);
  }
}

function isAborted(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '25P02';
}
