import type { OrganizationExport } from '../contracts/http/export.ts';
import { asActor } from '../db/doors.ts';
import { newId } from '../ids.ts';
import { getExport } from '../queries/list-exports.ts';
import { sendOrganizationJob } from '../queue/organization-queue.ts';
import { audit, type CommandContext, refusal, sqlState } from './command-context.ts';

/**
 * Asks for an export of everything an organisation owns; a job makes it. While one is being made, asking again answers
 * with that one. Throws `not_found` or `forbidden`.
 */
export async function requestExport(
  context: CommandContext,
  { orgId }: { orgId: string },
): Promise<{ export: OrganizationExport; created: boolean }> {
  const { database, boss, actor } = context;
  const id = newId();
  try {
    await asActor(database, actor, async (tx) => {
      await tx.db
        .insertInto('exports')
        .values({ org_id: orgId, id, requested_by: actor.userId, path: `${orgId}/${id}.zip` })
        .execute();
      await audit(tx, context, { orgId, action: 'export.requested', targetId: id });
      await sendOrganizationJob(tx, boss, { work: 'export', orgId, id });
    });
  } catch (error) {
    if (sqlState(error) === '42501')
      throw await refusal(context, orgId, 'organization.export', error);
    if (sqlState(error) !== '23505') throw error;
    const queued = await asActor(database, actor, (tx) =>
      tx.db
        .selectFrom('exports')
        .select('id')
        .where('org_id', '=', orgId)
        .where('state', '=', 'queued')
        .executeTakeFirst(),
    );
    // Finished between the two statements: asking once more makes a new one.
    if (!queued) return requestExport(context, { orgId });
    return { export: await getExport(database, actor, orgId, queued.id), created: false };
  }
  return { export: await getExport(database, actor, orgId, id), created: true };
}
