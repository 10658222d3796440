import { countTextTokens, takeTokens } from '../tokens/count-tokens.ts';
import type { Answer, AnswerBlock } from './answer.ts';

export interface AnswerLimits {
  readonly maxTokens: number;
  /** What the input leaves free of the model's context window. */
  readonly windowTokens: number;
  readonly stopSequences: readonly string[];
}

/** Ends an answer where the request's limits end it, with the stop reason that says so. */
export function limitAnswer(answer: Answer, limits: AnswerLimits): Answer {
  const stopped = stopAtSequence(answer, limits.stopSequences);
  const allowed = Math.min(limits.maxTokens, limits.windowTokens);
  const blocks = truncateBlocks(stopped.blocks, allowed);
  if (blocks === stopped.blocks) return stopped;
  const byWindow = limits.windowTokens < limits.maxTokens;
  return {
    blocks,
    stopReason: byWindow ? 'model_context_window_exceeded' : 'max_tokens',
    stopSequence: null,
    stopDetails: null,
  };
}

/** The first `tokens` of some blocks; the very same array when everything fits. */
export function truncateBlocks(
  blocks: readonly AnswerBlock[],
  tokens: number,
): readonly AnswerBlock[] {
  const kept: AnswerBlock[] = [];
  let left = tokens;
  for (const block of blocks) {
    const cost = countTextTokens(block.text);
    if (cost > left) {
      if (left > 0) kept.push({ ...block, text: takeTokens(block.text, left) });
      return kept;
    }
    kept.push(block);
    left -= cost;
  }
  return blocks;
}

function stopAtSequence(answer: Answer, sequences: readonly string[]): Answer {
  for (const [index, block] of answer.blocks.entries()) {
    if (block.type !== 'text') continue;
    const hits = sequences
      .map((sequence) => ({ sequence, at: block.text.indexOf(sequence) }))
      .filter((hit) => hit.at >= 0)
      .sort((a, b) => a.at - b.at);
    const first = hits[0];
    if (first === undefined) continue;
    return {
      blocks: [...answer.blocks.slice(0, index), { ...block, text: block.text.slice(0, first.at) }],
      stopReason: 'stop_sequence',
      stopSequence: first.sequence,
      stopDetails: null,
    };
  }
  return answer;
}
