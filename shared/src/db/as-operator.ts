import { AppError } from '../errors.ts';
import type { Actor } from './actor.ts';
import type { Database } from './database.ts';
import { asActor, type Tx } from './doors.ts';

export type Operator = Actor & { type: 'operator' };

/**
 * Runs `work` with an operator's rights, asking the database first whether this person is one. The queue's own tables
 * have no row-level security, so whatever reads them for an operator does so in here. Anyone else gets `not_found`.
 */
export function asOperator<T>(
  database: Database,
  operator: Operator,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  return asActor(database, operator, async (tx) => {
    const { rows } = await tx.query<{ yes: boolean }>('select app.is_operator() as yes');
    if (!rows[0]?.yes) throw new AppError('not_found', 'There is nothing here.');
    return work(tx);
  });
}
