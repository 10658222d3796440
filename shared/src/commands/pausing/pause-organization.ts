import { type OrganizationPause, pauseOrganizationBody } from '../../contracts/http/pause.ts';
import { asActor } from '../../db/doors.ts';
import { selectPause } from '../../queries/get-pause.ts';
import { validate } from '../../validate.ts';
import { audit, type CommandContext, refusal, sqlState } from '../command-context.ts';

/**
 * Holds the work of an organisation: tasks are still taken, none is started, running ones finish. One that is paused
 * stays as it is. Throws `invalid_request`, `not_found` or `forbidden`.
 */
export async function pauseOrganization(
  context: CommandContext,
  { orgId, ...body }: { orgId: string; reason?: string | undefined },
): Promise<OrganizationPause> {
  const { reason = null } = validate(pauseOrganizationBody, body);
  const { database, actor } = context;
  try {
    return await asActor(database, actor, async (tx) => {
      const { numInsertedOrUpdatedRows: made } = await tx.db
        .insertInto('organization_pauses')
        .values({ org_id: orgId, paused_by: actor.userId, reason })
        .onConflict((conflict) => conflict.column('org_id').doNothing())
        .executeTakeFirstOrThrow();
      if (made === 1n) {
        await audit(tx, context, {
          orgId,
          action: 'organization.paused',
          targetId: orgId,
          detail: { reason },
        });
        tx.announceAfterCommit('events', `${orgId}/`);
      }
      tx.announceAfterCommit('queues', orgId);
      return selectPause(tx, orgId);
    });
  } catch (error) {
    if (sqlState(error) === '42501')
      throw await refusal(context, orgId, 'organization.pause', error);
    throw error;
  }
}
