import { asActor, type Tx } from '../../db/doors.ts';
import { AppError } from '../../errors.ts';
import { type CommandContext, refusal } from '../command-context.ts';

export type IntegrationTarget = { orgId: string; kind: string };

/**
 * Runs `work` on the integration of a kind; it returns undefined when there is none for this person. Throws `not_found`,
 * `forbidden`.
 */
export async function onIntegration<T>(
  context: CommandContext,
  { orgId }: IntegrationTarget,
  work: (tx: Tx) => Promise<T | undefined>,
): Promise<T> {
  const { database, actor } = context;
  const done = await asActor(database, actor, work);
  if (done !== undefined) return done;
  const { rows } = await asActor(database, actor, (tx) =>
    tx.query<{ may: boolean }>(
      `select $1 in (select app.permitted_org_ids('integrations.manage')) as may`,
      [orgId],
    ),
  );
  throw rows[0]?.may
    ? new AppError('not_found', 'Nothing of this kind is connected.')
    : await refusal(context, orgId, 'integrations.manage', undefined);
}
