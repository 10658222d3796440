import type { Integration, IntegrationKind } from '../../contracts/http/integration.ts';
import { seal } from '../../crypto/sealed-secret.ts';
import { asActor } from '../../db/doors.ts';
import { AppError } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { integrationColumns, toIntegration } from '../../queries/integrations/integration-rows.ts';
import { sendIntegrationJob } from '../../queue/integration-queue.ts';
import { audit, refusal, sqlState } from '../command-context.ts';
import type { OutgoingContext } from '../outgoing-context.ts';

type Connect = {
  orgId: string;
  kind: IntegrationKind;
  secret: string;
  /** What people recognise the secret by. */
  hint: string;
  events: string[];
};

/**
 * Seals a secret and connects what it opens, in the place of what was connected of that kind before; a worker then looks
 * whether it works. Throws `forbidden`, `not_found`, or `conflict` for the second of two at the same moment.
 */
export async function connectIntegration(
  context: OutgoingContext,
  { orgId, kind, secret, hint, events }: Connect,
): Promise<Integration> {
  const { database, actor, boss, outgoing } = context;
  try {
    const row = await asActor(database, actor, async (tx) => {
      const before = await tx.db
        .selectFrom('integrations')
        .select(['id', 'hint', 'events'])
        .where('org_id', '=', orgId)
        .where('kind', '=', kind)
        .executeTakeFirst();
      const id = before?.id ?? newId();
      const sealed = seal(outgoing.sealingKey, { orgId, id, kind }, secret);
      const values = {
        state: 'checking',
        state_reason: null,
        hint,
        events,
        key_id: sealed.keyId,
        wrapped_key: sealed.wrappedKey,
        ciphertext: sealed.ciphertext,
        connected_by: actor.userId,
        checked_at: null,
        updated_at: new Date(),
      };
      const saved = await tx.db
        .insertInto('integrations')
        .values({ org_id: orgId, id, kind, ...values })
        .onConflict((conflict) => conflict.columns(['org_id', 'id']).doUpdateSet(values))
        .returning([...integrationColumns])
        .executeTakeFirstOrThrow();
      await audit(tx, context, {
        orgId,
        action: 'integration.connected',
        targetId: id,
        detail: { kind },
        changes: {
          before: before ? { hint: before.hint, events: before.events } : {},
          after: { hint, events },
        },
      });
      await sendIntegrationJob(tx, boss, { orgId, integrationId: id, errand: { do: 'check' } });
      return saved;
    });
    return toIntegration(row);
  } catch (error) {
    if (sqlState(error) === '23505')
      throw new AppError('conflict', 'Somebody connected it at the same moment. Look again.');
    if (sqlState(error) === '42501')
      throw await refusal(context, orgId, 'integrations.manage', error);
    throw error;
  }
}
