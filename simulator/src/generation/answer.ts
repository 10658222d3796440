import type { StopDetails, StopReason } from '../contract/message-reply.ts';
import { countTextTokens } from '../tokens/count-tokens.ts';

/** A block before it is delivered. For `tool_use`, `text` is the input as JSON. */
export type AnswerBlock =
  | { readonly type: 'thinking'; readonly text: string }
  | { readonly type: 'text'; readonly text: string }
  | {
      readonly type: 'tool_use';
      readonly id: string;
      readonly name: string;
      readonly text: string;
    };

/** Everything the model "thought of", decided before the first token goes out. */
export interface Answer {
  readonly blocks: readonly AnswerBlock[];
  readonly stopReason: StopReason;
  readonly stopSequence: string | null;
  readonly stopDetails: StopDetails | null;
}

/** An answer that ends by itself. */
export function completeAnswer(blocks: readonly AnswerBlock[]): Answer {
  const calls = blocks.some((block) => block.type === 'tool_use');
  return {
    blocks,
    stopReason: calls ? 'tool_use' : 'end_turn',
    stopSequence: null,
    stopDetails: null,
  };
}

/** Output tokens of some blocks, and how many of them were thinking. */
export function countAnswerTokens(blocks: readonly AnswerBlock[]): {
  total: number;
  thinking: number;
} {
  let total = 0;
  let thinking = 0;
  for (const block of blocks) {
    const tokens = countTextTokens(block.text);
    total += tokens;
    if (block.type === 'thinking') thinking += tokens;
  }
  return { total, thinking };
}
