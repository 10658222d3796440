import type Anthropic from '@anthropic-ai/sdk';

/** A text block that ends a stable prefix: the API keeps what stands before and in it for five minutes. */
export function cachedText(text: string): Anthropic.TextBlockParam {
  return { type: 'text', text, cache_control: { type: 'ephemeral' } };
}
