import type { Tx } from '@devsphere/shared/db/doors.ts';

/** An organisation with room for so many such calls is not asked about again for a moment. */
const farInCalls = 100;
const trustMilliseconds = 1_000;
const remembered = 10_000;

/** A call that is about to be made, as large as it may get. */
export type PlannedCall = { model: string; inputTokens: number; outputTokens: number };

/**
 * Looks before a call whether its organisation has anything left to spend. What a task sets aside was admitted when it was
 * submitted; this is for what calls cost beyond that. Adding up is not free, so far from the limit it is done once a second.
 */
export class BudgetWatch {
  readonly #farUntil = new Map<string, number>();

  /** Gives the statement that asks, as the system. Resolves with whether the budget is spent; far from it nothing is asked. */
  async isSpent(
    tx: Pick<Tx, 'query'>,
    orgId: string,
    { model, inputTokens, outputTokens }: PlannedCall,
  ): Promise<boolean> {
    if ((this.#farUntil.get(orgId) ?? 0) > performance.now()) return false;
    const { rows } = await tx.query<{ remaining: number | null; amount: number | null }>(
      'select app.budget_left($1) as remaining, app.estimated_cost($2, $3, $4) as amount',
      [orgId, model, inputTokens, outputTokens],
    );
    const remaining = rows[0]?.remaining ?? 0;
    this.#remember(orgId, remaining >= farInCalls * (rows[0]?.amount ?? Infinity));
    return remaining <= 0;
  }

  #remember(orgId: string, isFar: boolean): void {
    if (!isFar) return void this.#farUntil.delete(orgId);
    if (this.#farUntil.size >= remembered) this.#farUntil.clear();
    this.#farUntil.set(orgId, performance.now() + trustMilliseconds);
  }
}
