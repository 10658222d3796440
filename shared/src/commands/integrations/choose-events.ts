import {
  type ChooseEventsBody,
  chooseEventsBody,
  type Integration,
} from '../../contracts/http/integration.ts';
import { integrationColumns, toIntegration } from '../../queries/integrations/integration-rows.ts';
import { validate } from '../../validate.ts';
import { audit, type CommandContext } from '../command-context.ts';
import { onIntegration } from './change-integration.ts';

/** Chooses what the organisation's chat is told of. Throws `invalid_request`, `not_found`, `forbidden`. */
export async function chooseEvents(
  context: CommandContext,
  { orgId, ...body }: ChooseEventsBody & { orgId: string },
): Promise<Integration> {
  const { events } = validate(chooseEventsBody, body);
  const row = await onIntegration(context, { orgId, kind: 'slack' }, async (tx) => {
    const current = await tx.db
      .selectFrom('integrations')
      .select(['id', 'events'])
      .where('org_id', '=', orgId)
      .where('kind', '=', 'slack')
      .forUpdate()
      .executeTakeFirst();
    if (!current) return undefined;
    const [updated] = await Promise.all([
      tx.db
        .updateTable('integrations')
        .set({ events, updated_at: new Date() })
        .where('org_id', '=', orgId)
        .where('id', '=', current.id)
        .returning([...integrationColumns])
        .executeTakeFirstOrThrow(),
      audit(tx, context, {
        orgId,
        action: 'integration.edited',
        targetId: current.id,
        detail: { kind: 'slack' },
        changes: { before: { events: current.events }, after: { events } },
      }),
    ]);
    return updated;
  });
  return toIntegration(row);
}
