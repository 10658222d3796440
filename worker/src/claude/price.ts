import type { TaskUsage } from '@devsphere/shared/contracts/events/task-event.ts';
import type { Tx } from '@devsphere/shared/db/doors.ts';

/** One row of the price table: nano-dollars per token, for prompts over so many tokens. */
export type Price = {
  over: number;
  input: number;
  output: number;
  write5m: number;
  write1h: number;
  read: number;
};

/** The fields of the API's usage that are billed. */
export type RawUsage = {
  input_tokens: number;
  output_tokens: number;
  cache_read_input_tokens?: number | null;
  cache_creation_input_tokens?: number | null;
  cache_creation?: { ephemeral_1h_input_tokens: number; ephemeral_5m_input_tokens: number } | null;
};

/** The prices of a model that hold now, or held at another time, one for each length of prompt; empty when the model has none. */
export async function readPrices(tx: Tx, model: string, at?: Date): Promise<Price[]> {
  const { rows } = await tx.query<Price>(
    `select distinct on (over_prompt_tokens) over_prompt_tokens as over, input_nano_usd as input, output_nano_usd as output,
            cache_write_5m_nano_usd as write5m, cache_write_1h_nano_usd as write1h, cache_read_nano_usd as read
     from model_prices where model = $1 and effective_from <= coalesce($2, now())
     order by over_prompt_tokens, effective_from desc`,
    [model, at ?? null],
  );
  return rows;
}

/**
 * What a call used and cost. Total input is fresh + written to the cache + read from it, each at its own price
 * (the API reports them apart, so nothing is counted twice). Throws when no price fits.
 */
export function priceUsage(usage: RawUsage, prices: Price[]): TaskUsage {
  const read = usage.cache_read_input_tokens ?? 0;
  const written = usage.cache_creation_input_tokens ?? 0;
  const writtenFor1h = usage.cache_creation?.ephemeral_1h_input_tokens ?? 0;
  const promptTokens = usage.input_tokens + read + written;
  const price = prices
    .filter(({ over }) => promptTokens > over || over === 0)
    .sort((a, b) => b.over - a.over)[0];
  if (!price) throw new RangeError('no price fits this call');
  return {
    inputTokens: usage.input_tokens,
    cacheReadTokens: read,
    cacheWriteTokens: written,
    outputTokens: usage.output_tokens,
    costNanoUsd:
      usage.input_tokens * price.input +
      usage.output_tokens * price.output +
      read * price.read +
      (written - writtenFor1h) * price.write5m +
      writtenFor1h * price.write1h,
  };
}

export function addUsage(a: TaskUsage, b: TaskUsage): TaskUsage {
  return {
    inputTokens: a.inputTokens + b.inputTokens,
    cacheReadTokens: a.cacheReadTokens + b.cacheReadTokens,
    cacheWriteTokens: a.cacheWriteTokens + b.cacheWriteTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    costNanoUsd: a.costNanoUsd + b.costNanoUsd,
  };
}
