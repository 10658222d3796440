'use server';

import { openIncident } from '@devsphere/shared/commands/operator/open-incident.ts';
import type { OperatorContext } from '@devsphere/shared/commands/operator/operator-context.ts';
import { updateIncident } from '@devsphere/shared/commands/operator/update-incident.ts';
import { refresh } from 'next/cache';
import { publicError } from '../../../lib/server/command-context.ts';
import { operatorContext, requireOperator } from '../../../lib/server/operator.ts';
import { forgetStatus } from '../../../lib/server/status.ts';
import type { OperatorAnswer } from '../actions.ts';

async function publish(
  run: (context: OperatorContext) => Promise<unknown>,
): Promise<OperatorAnswer> {
  const { operator } = await requireOperator();
  let answer: OperatorAnswer = null;
  try {
    await run(await operatorContext(operator));
  } catch (error) {
    answer = { message: publicError(error).message };
  }
  forgetStatus();
  refresh();
  return answer;
}

/** Tells everybody about trouble. */
export async function openIncidentAction(incident: {
  title: string;
  body: string;
}): Promise<OperatorAnswer> {
  return publish((context) => openIncident(context, incident));
}

/** Tells how an incident goes on. */
export async function updateIncidentAction(update: {
  incidentId: string;
  state: string;
  body: string;
}): Promise<OperatorAnswer> {
  return publish((context) => updateIncident(context, update));
}
