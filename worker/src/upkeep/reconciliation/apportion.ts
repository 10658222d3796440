import { divide } from './divide.ts';
import { noTokens, promptParts, promptTokens, type TokenCounts } from './token-counts.ts';

/** One of several calls that share a bill: what is known of its own, and what the same work used another time. */
export type Sharer = { known: TokenCounts | null; again: TokenCounts | null };

/**
 * Divides what several calls used together. Whoever began to answer has told its prompt: it gets that, and what is left
 * of the prompts goes to those that told nothing, in proportion to what the same work used another time. With nothing
 * left those were not billed, and get null. The shares add up to the total, but for more prompt than anybody can have sent.
 */
export function apportion(
  total: TokenCounts,
  sharers: readonly Sharer[],
): Array<TokenCounts | null> {
  const shares = sharers.map(({ known }) => ({ ...noTokens, ...known, output: 0 }));
  const silent = shares.filter((_, index) => !sharers[index]?.known);
  const weights = weightsOf(
    sharers.filter(({ known }) => !known),
    promptTokens,
  );
  for (const part of promptParts) {
    const told = shares.map((share) => share[part]);
    const left = total[part] - told.reduce((sum, amount) => sum + amount, 0);
    if (left < 0) give(shares, part, divide(total[part], told));
    else give(silent, part, divide(left, weights));
  }
  const isBilled = shares.map(
    (share, index) => Boolean(sharers[index]?.known) || promptTokens(share) > 0,
  );
  const billed = sharers.filter((_, index) => isBilled[index]);
  const outputs = divide(
    total.output,
    weightsOf(billed, ({ output }) => output),
  );
  give(
    shares.filter((_, index) => isBilled[index]),
    'output',
    outputs,
  );
  return shares.map((share, index) => (isBilled[index] ? share : null));
}

function give(shares: TokenCounts[], part: keyof TokenCounts, amounts: readonly number[]): void {
  for (const [index, share] of shares.entries()) share[part] = amounts[index] ?? 0;
}

/** What each used another time; who never did counts as the average of those who did. */
function weightsOf(sharers: readonly Sharer[], of: (counts: TokenCounts) => number): number[] {
  const told = sharers.flatMap(({ again }) => (again ? [of(again)] : []));
  const average = told.length > 0 ? told.reduce((sum, one) => sum + one, 0) / told.length : 1;
  return sharers.map(({ again }) => (again ? of(again) : average));
}
