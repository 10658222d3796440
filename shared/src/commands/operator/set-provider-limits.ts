import { z } from 'zod';
import { asOperator } from '../../db/as-operator.ts';
import { validate } from '../../validate.ts';
import { checkReason, type OperatorContext, recordAction } from './operator-context.ts';

const perMinute = (most: number) =>
  z
    .int('Whole numbers only')
    .min(1, 'At least 1; leave it empty for no limit')
    .max(most, `At most ${most.toLocaleString('en')}`)
    .nullable();

/** The same bounds as the table's. */
const limitsSchema = z.object({
  requestsPerMinute: perMinute(1_000_000),
  tokensPerMinute: perMinute(1_000_000_000),
});

/**
 * Sets what all workers together send to the platform's account at the model provider in any minute, from the next call
 * on; null lifts a limit. Tasks beyond it wait for their turn. Throws `invalid_request`.
 */
export async function setProviderLimits(
  context: OperatorContext,
  { reason: given, ...command }: z.input<typeof limitsSchema> & { reason: string },
): Promise<void> {
  const reason = checkReason(given);
  const limits = validate(limitsSchema, command);
  await asOperator(context.database, context.actor, async (tx) => {
    await tx.query(
      `insert into provider_gates (account, requests_per_minute, tokens_per_minute) values ('platform', $1, $2)
       on conflict (account) do update
       set requests_per_minute = excluded.requests_per_minute, tokens_per_minute = excluded.tokens_per_minute`,
      [limits.requestsPerMinute, limits.tokensPerMinute],
    );
    await recordAction(tx, context, {
      action: 'provider.limits_set',
      target: 'platform',
      reason,
      detail: limits,
    });
  });
}
