/** When a message that was not taken is tried again, and when an endpoint is given up. */
export type RetryPlan = {
  /** Wait after each failed attempt; after the last one the message has failed. */
  delaysSeconds: readonly number[];
  /** An endpoint is disabled after so many failures in a row … */
  failuresInARow: number;
  /** … if the first of them is at least so long ago: a restart of the receiver is no reason. */
  failingSeconds: number;
  /** Waits after errands of integrations that could not be run; after the last one they are given up. */
  errandDelaysSeconds: readonly number[];
};

const minute = 60;
const hour = 3_600;

/** Eight attempts over a little more than a day. */
export const defaultRetryPlan: RetryPlan = {
  delaysSeconds: [5, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 8 * hour, 10 * hour],
  failuresInARow: 20,
  failingSeconds: hour,
  errandDelaysSeconds: [5, minute, 10 * minute],
};

/** Longest wait a receiver may ask for. */
const maximumAskedSeconds = hour;

/**
 * How long to wait after the attempt with this number, counted from 0, spread by a fifth in either direction; undefined
 * when it was the last. A receiver may ask for longer. `random` is in [0, 1).
 */
export function retryDelaySeconds(
  plan: RetryPlan,
  attempt: number,
  askedSeconds: number | undefined,
  random: number = Math.random(),
): number | undefined {
  const planned = plan.delaysSeconds[attempt];
  if (planned === undefined) return undefined;
  const spread = Math.round(planned * (0.8 + 0.4 * random));
  return Math.max(spread, Math.min(askedSeconds ?? 0, maximumAskedSeconds));
}
