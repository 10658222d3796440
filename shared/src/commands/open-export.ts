import { asActor } from '../db/doors.ts';
import { AppError } from '../errors.ts';
import { getExport } from '../queries/list-exports.ts';
import { audit, type CommandContext } from './command-context.ts';

/** Records that somebody downloads an export and says where its file is. Throws `not_found`, or `conflict` when there is no file (any more). */
export async function openExport(
  context: CommandContext,
  { orgId, exportId }: { orgId: string; exportId: string },
): Promise<{ path: string }> {
  const { id, state } = await getExport(context.database, context.actor, orgId, exportId);
  if (state !== 'ready')
    throw new AppError(
      'conflict',
      state === 'queued' ? 'This export is still being made.' : 'This export has no file any more.',
    );
  await asActor(context.database, context.actor, (tx) =>
    audit(tx, context, { orgId, action: 'export.downloaded', targetId: exportId }),
  );
  return { path: `${orgId}/${id}.zip` };
}
