import type { ProviderOverview } from '../../contracts/operator.ts';
import { asOperator, type Operator } from '../../db/as-operator.ts';
import type { Database } from '../../db/database.ts';

type Row = {
  requests_per_minute: number | null;
  tokens_per_minute: number | null;
  blocked_until: Date | null;
  opened_at: Date | null;
  open_until: Date | null;
};

/** How the platform's account at the model provider stands, and how many organisations' own accounts take no calls. */
export async function providerOverview(
  database: Database,
  operator: Operator,
): Promise<ProviderOverview> {
  return asOperator(database, operator, async (tx) => {
    const [platform, others] = await Promise.all([
      tx.query<Row>(
        `select requests_per_minute, tokens_per_minute, opened_at, open_until,
                case when blocked_until > now() then blocked_until end as blocked_until
         from provider_gates where account = 'platform'`,
      ),
      tx.query<{ closed: number }>(
        `select count(*)::int as closed from provider_gates
         where org_id is not null and (opened_at is not null or blocked_until > now())`,
      ),
    ]);
    const [row] = platform.rows;
    return {
      requestsPerMinute: row?.requests_per_minute ?? null,
      tokensPerMinute: row?.tokens_per_minute ?? null,
      openedAt: row?.opened_at?.toISOString() ?? null,
      triesAgainAt: row?.open_until?.toISOString() ?? null,
      blockedUntil: row?.blocked_until?.toISOString() ?? null,
      closedOwnAccounts: others.rows[0]?.closed ?? 0,
    };
  });
}
