import { asOperator } from '../../db/as-operator.ts';
import { AppError } from '../../errors.ts';
import { checkQueue, checkReason, type OperatorContext, recordAction } from './operator-context.ts';

/** Lets workers take jobs of a queue again. Throws `not_found`, `invalid_request`, or `conflict` when it is not paused. */
export async function resumeQueue(
  context: OperatorContext,
  command: { queue: string; reason: string },
): Promise<void> {
  const queue = checkQueue(command.queue);
  const reason = checkReason(command.reason);
  await asOperator(context.database, context.actor, async (tx) => {
    const { numDeletedRows } = await tx.db
      .deleteFrom('queue_controls')
      .where('queue', '=', queue)
      .executeTakeFirstOrThrow();
    if (numDeletedRows !== 1n) throw new AppError('conflict', 'This queue is not paused.');
    await recordAction(tx, context, { action: 'queue.resumed', target: queue, reason });
    tx.announceAfterCommit('queues', queue);
  });
}
