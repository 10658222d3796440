import type { Db } from 'pg-boss';
import type { Tx } from '../db/doors.ts';

/**
 * Lets a pg-boss call join a transaction: its statement runs as the queue's owner, then the transaction is the
 * tenant again. The three statements are sent together, so nothing of the caller's can slip between them. With `stay`
 * the transaction remains the queue's owner: for a call after which only the commit follows.
 */
export function bossInTransaction(tx: Tx, { stay = false }: { stay?: boolean } = {}): { db: Db } {
  return {
    db: {
      async executeSql(text: string, values?: unknown[]) {
        const enter = tx.query(`select set_config('role', 'devsphere_queue', true)`);
        const answer = tx.query(text, values);
        const leave = stay ? undefined : tx.query(`select set_config('role', $1, true)`, [tx.role]);
        const [, result] = await Promise.all([enter, answer, leave]);
        return { rows: result.rows };
      },
    },
  };
}
