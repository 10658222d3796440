import type { RawUsage } from '../../claude/price.ts';

/** Tokens of calls, told apart as their prices are. */
export type TokenCounts = {
  input: number;
  write5m: number;
  write1h: number;
  read: number;
  output: number;
};

/** What a prompt is made of: known exactly as soon as an answer has begun. */
export const promptParts = ['input', 'write5m', 'write1h', 'read'] as const;
export const parts = [...promptParts, 'output'] as const;

export const noTokens: TokenCounts = { input: 0, write5m: 0, write1h: 0, read: 0, output: 0 };

export function combine(
  a: TokenCounts,
  b: TokenCounts,
  by: (a: number, b: number) => number,
): TokenCounts {
  const entries = parts.map((part) => [part, by(a[part], b[part])] as const);
  return Object.fromEntries(entries) as TokenCounts;
}

export const add = (a: TokenCounts, b: TokenCounts) => combine(a, b, (x, y) => x + y);
export const isNothing = (counts: TokenCounts) => parts.every((part) => counts[part] === 0);
export const promptTokens = (counts: TokenCounts) =>
  promptParts.reduce((sum, part) => sum + counts[part], 0);

/** The same from the usage of a reply. */
export function countsOf(usage: RawUsage): TokenCounts {
  const written = usage.cache_creation_input_tokens ?? 0;
  const write1h = usage.cache_creation?.ephemeral_1h_input_tokens ?? 0;
  return {
    input: usage.input_tokens,
    write5m: written - write1h,
    write1h,
    read: usage.cache_read_input_tokens ?? 0,
    output: usage.output_tokens,
  };
}

/** The usage of a reply that would have had these counts. */
export function usageOf({ input, write5m, write1h, read, output }: TokenCounts) {
  return {
    input_tokens: input,
    output_tokens: output,
    cache_read_input_tokens: read,
    cache_creation_input_tokens: write5m + write1h,
    cache_creation: { ephemeral_5m_input_tokens: write5m, ephemeral_1h_input_tokens: write1h },
  } satisfies RawUsage;
}
