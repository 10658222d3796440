import { z } from 'zod';
import { asOperator } from '../../db/as-operator.ts';
import { newId } from '../../ids.ts';
import { validate } from '../../validate.ts';
import { type OperatorContext, recordAction } from './operator-context.ts';

const openIncidentBody = z.object({
  title: z.string().trim().min(3, 'At least 3 characters').max(120, 'At most 120 characters'),
  body: z.string().trim().min(3, 'At least 3 characters').max(2_000, 'At most 2,000 characters'),
});

/** Tells everybody about trouble, on the status page. Returns the incident's id. Throws `invalid_request`. */
export async function openIncident(
  context: OperatorContext,
  command: z.input<typeof openIncidentBody>,
): Promise<string> {
  const { title, body } = validate(openIncidentBody, command);
  const id = newId();
  await asOperator(context.database, context.actor, async (tx) => {
    await tx.db
      .insertInto('incidents')
      .values({ id, title, state: 'investigating', created_by: context.actor.userId })
      .execute();
    await tx.db
      .insertInto('incident_updates')
      .values({ incident_id: id, id: newId(), state: 'investigating', body })
      .execute();
    await recordAction(tx, context, {
      action: 'incident.opened',
      target: title,
      reason: body.slice(0, 500),
    });
  });
  return id;
}
