import { z } from 'zod';
import { incidentStates } from '../../contracts/status.ts';
import { asOperator } from '../../db/as-operator.ts';
import { AppError } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { validate } from '../../validate.ts';
import { type OperatorContext, recordAction } from './operator-context.ts';

const updateIncidentBody = z.object({
  incidentId: z.uuid(),
  state: z.enum(incidentStates),
  body: z.string().trim().min(3, 'At least 3 characters').max(2_000, 'At most 2,000 characters'),
});

/** Tells how an incident goes on; `resolved` closes it. Throws `not_found` for one that is over, `invalid_request`. */
export async function updateIncident(
  context: OperatorContext,
  command: { incidentId: string; state: string; body: string },
): Promise<void> {
  const { incidentId, state, body } = validate(updateIncidentBody, command);
  await asOperator(context.database, context.actor, async (tx) => {
    const updated = await tx.db
      .updateTable('incidents')
      .set((eb) => ({ state, resolved_at: state === 'resolved' ? eb.fn<Date>('now', []) : null }))
      .where('id', '=', incidentId)
      .where('state', '<>', 'resolved')
      .returning('title')
      .executeTakeFirst();
    if (!updated) throw new AppError('not_found', 'There is no such open incident.');
    await tx.db
      .insertInto('incident_updates')
      .values({ incident_id: incidentId, id: newId(), state, body })
      .execute();
    await recordAction(tx, context, {
      action: 'incident.updated',
      target: updated.title,
      reason: body.slice(0, 500),
      detail: { state },
    });
  });
}
