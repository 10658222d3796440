import type { Db } from 'pg-boss';
import type { Tx } from '../db/doors.ts';

/**
 * Lets a pg-boss call join a transaction: its statement runs as the queue's owner, then the transaction is the
 * tenant again. The three statements are sent together, so nothing of the caller's can slip between them.
 */
export function bossInTransaction(tx: Tx): { db: Db } {
  return {
    db: {
      async executeSql(text: string, values?: unknown[]) {
        const [, result] = await Promise.all([
          tx.query(becomeQueueOwner),
          tx.query(text, values),
          tx.query(`select set_config('role', $1, true)`, [tx.role]),
        ]);
        return { rows: result.rows };
      },
    },
  };
}

/** Selected by the statement before them, this makes the transaction the queue's owner for those that follow. */
export const asQueueOwner = `set_config('role', 'devsphere_queue', true)`;
export const becomeQueueOwner = `select ${asQueueOwner}`;
