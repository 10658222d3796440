import { asOperator } from '../../db/as-operator.ts';
import { AppError } from '../../errors.ts';
import { checkQueue, checkReason, type OperatorContext, recordAction } from './operator-context.ts';

/**
 * Stops every worker from taking jobs of a queue, within a second and until it is resumed, restarts included. Running
 * tasks finish; new ones wait. Throws `not_found`, `invalid_request`, or `conflict` when it is paused already.
 */
export async function pauseQueue(
  context: OperatorContext,
  command: { queue: string; reason: string },
): Promise<void> {
  const queue = checkQueue(command.queue);
  const reason = checkReason(command.reason);
  await asOperator(context.database, context.actor, async (tx) => {
    const { numInsertedOrUpdatedRows } = await tx.db
      .insertInto('queue_controls')
      .values({ queue, paused_by: context.actor.userId, reason })
      .onConflict((conflict) => conflict.column('queue').doNothing())
      .executeTakeFirstOrThrow();
    if (numInsertedOrUpdatedRows !== 1n)
      throw new AppError('conflict', 'This queue is already paused.');
    await recordAction(tx, context, { action: 'queue.paused', target: queue, reason });
    tx.announceAfterCommit('queues', queue);
  });
}
