import { describe, expect, test } from '@jest/globals';
import { type Price, priceUsage } from '../src/claude/price.ts';

const base: Price = { over: 0, input: 100, output: 500, write5m: 125, write1h: 200, read: 10 };
const long: Price = {
  over: 100_000,
  input: 500,
  output: 2_500,
  write5m: 625,
  write1h: 1_000,
  read: 50,
};

describe('the price of a call', () => {
  test('counts fresh, written and read tokens once each, at their own prices', () => {
    const used = priceUsage(
      {
        input_tokens: 10,
        output_tokens: 20,
        cache_read_input_tokens: 300,
        cache_creation_input_tokens: 40,
      },
      [base],
    );
    expect(used).toEqual({
      inputTokens: 10,
      cacheReadTokens: 300,
      cacheWriteTokens: 40,
      outputTokens: 20,
      costNanoUsd: 10 * 100 + 20 * 500 + 300 * 10 + 40 * 125,
    });
  });

  test('charges tokens kept for an hour at the price of an hour', () => {
    const usage = {
      input_tokens: 0,
      output_tokens: 0,
      cache_creation_input_tokens: 30,
      cache_creation: { ephemeral_1h_input_tokens: 10, ephemeral_5m_input_tokens: 20 },
    };
    expect(priceUsage(usage, [base]).costNanoUsd).toBe(10 * 200 + 20 * 125);
  });

  test("takes the price of the whole prompt's length, cached tokens included", () => {
    const atLimit = { input_tokens: 50_000, cache_read_input_tokens: 50_000, output_tokens: 1 };
    expect(priceUsage(atLimit, [long, base]).costNanoUsd).toBe(50_000 * 100 + 50_000 * 10 + 500);
    expect(priceUsage({ ...atLimit, input_tokens: 50_001 }, [base, long]).costNanoUsd).toBe(
      50_001 * 500 + 50_000 * 50 + 2_500,
    );
  });

  test('refuses to call a token free when no price is known', () => {
    expect(() => priceUsage({ input_tokens: 1, output_tokens: 1 }, [])).toThrow(RangeError);
  });
});
