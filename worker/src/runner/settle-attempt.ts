import { failpoint } from '../failpoints.ts';
import { CancelledMeanwhile, type Claim, ClaimLost } from './claim.ts';
import { isRefusal } from './classify-error.ts';
import type { EventSink } from './event-sink.ts';
import { keepTrying } from './keep-storing.ts';
import type { Outcome } from './outcome.ts';
import { outcomeOf } from './outcome-of.ts';
import type { RunnerOptions } from './runner.ts';
import { settle } from './settle.ts';

/** A restart of the database takes seconds; beyond this the job comes back by itself. */
const patienceMilliseconds = 30_000;

/**
 * Settles an attempt as it ended, again and again while the database is away, and in another way when it can't be settled so.
 * Without a sink nothing more of the attempt is told, since earlier events are missing. A claim that was lost is only logged.
 */
export async function settleAttempt(
  options: RunnerOptions,
  claim: Claim,
  outcome: Outcome,
  sink: EventSink | undefined,
): Promise<void> {
  const { log } = options;
  const waiting = (await sink?.takeWaiting()) ?? [];
  const settleAs = async (as: Outcome) => {
    failpoint('before-settle');
    // One whose reply was lost is not ours any more when it is tried again.
    await keepTrying({ patienceMilliseconds }, () => settle(options, claim, as, waiting));
    failpoint('after-settle');
    log.info({ outcome: as.type }, 'attempt settled');
  };
  try {
    await settleAs(outcome).catch(async (error: unknown) => {
      const other = otherwise(claim, outcome, error);
      log.warn({ err: error, outcome: other.type }, 'settled in another way');
      await settleAs(other);
    });
  } catch (error) {
    if (!(error instanceof ClaimLost)) throw error;
    log.warn('claim lost before settling');
  }
}

/**
 * How an attempt is settled that could not be settled as it ended: one that was to go on later was asked to stop meanwhile, or
 * what it made can't be stored, which the next attempt would find too. Throws what is nobody's answer.
 */
function otherwise({ attempt, maxAttempts }: Claim, outcome: Outcome, error: unknown): Outcome {
  if (error instanceof CancelledMeanwhile) return { type: 'cancelled' };
  if (outcome.type !== 'succeeded' || !isRefusal(error)) throw error;
  return outcomeOf(error, undefined, attempt, maxAttempts);
}
