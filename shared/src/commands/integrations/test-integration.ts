import type { Integration } from '../../contracts/http/integration.ts';
import { integrationColumns, toIntegration } from '../../queries/integrations/integration-rows.ts';
import { sendIntegrationJob } from '../../queue/integration-queue.ts';
import { audit, type CommandContext } from '../command-context.ts';
import { type IntegrationTarget, onIntegration } from './change-integration.ts';

/** Lets a worker look whether an integration works: a key is shown to its provider, a chat gets a message. Throws `not_found`, `forbidden`. */
export async function testIntegration(
  context: CommandContext,
  target: IntegrationTarget,
): Promise<Integration> {
  const { orgId, kind } = target;
  const row = await onIntegration(context, target, async (tx) => {
    const updated = await tx.db
      .updateTable('integrations')
      .set({ updated_at: new Date() })
      .where('org_id', '=', orgId)
      .where('kind', '=', kind)
      .returning([...integrationColumns])
      .executeTakeFirst();
    if (!updated) return undefined;
    await audit(tx, context, {
      orgId,
      action: 'integration.tested',
      targetId: updated.id,
      detail: { kind },
    });
    await sendIntegrationJob(tx, context.boss, {
      orgId,
      integrationId: updated.id,
      errand: { do: 'check' },
    });
    return updated;
  });
  return toIntegration(row);
}
