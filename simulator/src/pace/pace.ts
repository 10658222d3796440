import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

/** How fast the model seems to think; zero means without any delay. */
export interface Pace {
  tokensPerSecond: number;
  firstTokenMs: number;
  batchItemsPerSecond: number;
}

/** The control endpoint's spelling of a pace; what is left out stays as it was. */
export const paceSchema = z.strictObject({
  tokens_per_second: z.number().min(0).optional(),
  first_token_ms: z.number().min(0).optional(),
  batch_items_per_second: z.number().min(0).optional(),
});

/** Changes the pace in place; calls already under way keep the pace they started with. */
export function changePace(pace: Pace, change: z.infer<typeof paceSchema>): void {
  pace.tokensPerSecond = change.tokens_per_second ?? pace.tokensPerSecond;
  pace.firstTokenMs = change.first_token_ms ?? pace.firstTokenMs;
  pace.batchItemsPerSecond = change.batch_items_per_second ?? pace.batchItemsPerSecond;
}

/** Waits until a number of tokens may have been generated. Rejects when the signal aborts. */
export type Pacer = (tokens: number) => Promise<void>;

/** Starts the clock of one call. Due times are absolute, so that late timers do not add up. */
export function startPacer(pace: Readonly<Pace>, signal: AbortSignal): Pacer {
  const { tokensPerSecond, firstTokenMs } = pace;
  const startedAt = performance.now();
  return async (tokens) => {
    signal.throwIfAborted();
    const generationMs = tokensPerSecond > 0 ? (tokens / tokensPerSecond) * 1_000 : 0;
    const waitMs = startedAt + firstTokenMs + generationMs - performance.now();
    if (waitMs > 0) await sleep(waitMs, undefined, { signal });
  };
}
