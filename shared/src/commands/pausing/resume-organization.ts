import { asActor } from '../../db/doors.ts';
import { selectPause } from '../../queries/get-pause.ts';
import { audit, type CommandContext, refusal } from '../command-context.ts';
import { wakeWaitingTasks } from './wake-waiting-tasks.ts';

/**
 * Lets the work of an organisation go on; its waiting tasks start at once. One that is not paused stays as it is. Throws
 * `not_found` or `forbidden`.
 */
export async function resumeOrganization(
  context: CommandContext,
  { orgId }: { orgId: string },
): Promise<void> {
  const { database, actor } = context;
  const outcome = await asActor(database, actor, async (tx) => {
    const { rows } = await tx.query<{ may: boolean }>(
      `select exists (select from app.permitted_org_ids('organization.pause') as org_id where org_id = $1) as may`,
      [orgId],
    );
    if (!rows[0]?.may) return 'refused';
    const { numDeletedRows: deleted } = await tx.db
      .deleteFrom('organization_pauses')
      .where('org_id', '=', orgId)
      .executeTakeFirst();
    if (deleted === 0n) return (await selectPause(tx, orgId)).paused ? 'refused' : 'unchanged';
    await audit(tx, context, { orgId, action: 'organization.resumed', targetId: orgId });
    tx.announceAfterCommit('events', `${orgId}/`);
    return 'resumed';
  });
  if (outcome === 'refused') throw await refusal(context, orgId, 'organization.pause', undefined);
  if (outcome === 'resumed') await wakeWaitingTasks(context, orgId);
}
