import { asActor } from '../db/doors.ts';
import { AppError } from '../errors.ts';
import { sendOrganizationJob } from '../queue/organization-queue.ts';
import { audit, type CommandContext, refusal } from './command-context.ts';

/**
 * Deletes an organisation: at once nobody belongs to it, its keys and schedules stop, and its address is free; its rows
 * and files are purged by a job. Throws `not_found`, `forbidden`, or `invalid_request` when `slug` is not its address.
 */
export async function deleteOrganization(
  context: CommandContext,
  { orgId, slug }: { orgId: string; slug: string },
): Promise<void> {
  let refused: string | undefined;
  await asActor(context.database, context.actor, async (tx) => {
    const { rows: mine } = await tx.query(
      'select from memberships where org_id = $1 and user_id = $2',
      [orgId, context.actor.userId],
    );
    // Recorded first: afterwards nobody belongs to it. The entry lives as long as the organisation's rows do.
    if (mine.length > 0)
      await audit(tx, context, {
        orgId,
        action: 'organization.deleted',
        targetId: orgId,
        detail: { slug: slug.slice(0, 100) },
      });
    const { rows } = await tx.query<{ outcome: string }>(
      'select app.delete_organization($1, $2) as outcome',
      [orgId, slug],
    );
    refused = rows[0]?.outcome === 'done' ? undefined : (rows[0]?.outcome ?? 'none');
    if (refused) throw new NothingDeleted();
    await sendOrganizationJob(tx, context.boss, { work: 'purge', orgId });
    tx.announceAfterCommit('access', orgId);
  }).catch((error: unknown) => {
    if (!(error instanceof NothingDeleted)) throw error;
  });
  if (refused === 'wrong_slug') {
    const message = 'Type the address of the organisation to confirm';
    throw new AppError('invalid_request', `slug: ${message}.`, {
      fields: [{ field: 'slug', message }],
    });
  }
  if (refused) throw await refusal(context, orgId, 'organization.delete', undefined);
}

/** Takes the audit entry back with everything else. */
class NothingDeleted extends Error {}
