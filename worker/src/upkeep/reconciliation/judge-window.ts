import { apportion } from './apportion.ts';
import { combine, isNothing, promptParts, type TokenCounts } from './token-counts.ts';
import type { UnknownCall } from './unknown-calls.ts';

/** How long after the last call of a window what is believed of the report. */
export type Patience = {
  /** That a call is in it. */
  settleSeconds: number;
  /** That a call which is not in it never will be. */
  sureSeconds: number;
  /** That report and ledger will agree no better: from then on an estimate is better than nothing. */
  estimateSeconds: number;
};

export type Booking = {
  call: UnknownCall;
  /** Null: it was not billed. */
  counts: TokenCounts | null;
  source: 'report' | 'share';
};

type Seen = {
  calls: UnknownCall[];
  reported: TokenCounts;
  ledger: TokenCounts;
  isClean: boolean;
  secondsSinceEnd: number;
};

/** What became of the calls of unknown outcome in a window, by what the report has more than the ledger; undefined: too early to tell. */
export function judgeWindow(
  { calls, reported, ledger, isClean, secondsSinceEnd }: Seen,
  patience: Patience,
): Booking[] | undefined {
  const difference = combine(reported, ledger, (theirs, ours) => theirs - ours);
  const isShort = Object.values(difference).some((count) => count < 0);
  const billed = combine(difference, difference, (count) => Math.max(0, count));
  const needs =
    !isClean || isShort
      ? patience.estimateSeconds
      : calls.length > 1 || isNothing(billed)
        ? patience.sureSeconds
        : patience.settleSeconds;
  if (secondsSinceEnd < needs) return undefined;
  const shares = apportion(billed, calls);
  const [alone] = shares;
  const isExact =
    calls.length === 1 &&
    isClean &&
    !isShort &&
    promptParts.every((part) => (alone?.[part] ?? 0) === billed[part]);
  return calls.map((call, index) => ({
    call,
    counts: isNothing(billed) ? null : (shares[index] ?? null),
    source: isExact ? 'report' : 'share',
  }));
}
