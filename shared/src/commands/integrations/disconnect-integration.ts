import { audit, type CommandContext } from '../command-context.ts';
import { type IntegrationTarget, onIntegration } from './change-integration.ts';

/** Disconnects an integration and deletes its sealed secret. Throws `not_found`, `forbidden`. */
export async function disconnectIntegration(
  context: CommandContext,
  target: IntegrationTarget,
): Promise<void> {
  const { orgId, kind } = target;
  await onIntegration(context, target, async (tx) => {
    const deleted = await tx.db
      .deleteFrom('integrations')
      .where('org_id', '=', orgId)
      .where('kind', '=', kind)
      .returning(['id', 'hint'])
      .executeTakeFirst();
    if (!deleted) return undefined;
    await audit(tx, context, {
      orgId,
      action: 'integration.disconnected',
      targetId: deleted.id,
      detail: { kind },
      changes: { before: { hint: deleted.hint }, after: {} },
    });
    return true;
  });
}
