import type { Fault } from '../faults/fault.ts';
import { type Answer, type AnswerBlock, countAnswerTokens } from './answer.ts';
import { truncateBlocks } from './limit-answer.ts';

/** Bends an answer as a fault asks: another stop reason, broken JSON, or far too much of it. */
export function applyFault(answer: Answer, fault: Fault | undefined): Answer {
  switch (fault?.kind) {
    case 'stop_reason': {
      const total = countAnswerTokens(answer.blocks).total;
      const tokens = fault.after_tokens ?? Math.floor(total / 2);
      const refused = fault.stop_reason === 'refusal';
      return {
        blocks: truncateBlocks(answer.blocks, tokens),
        stopReason: fault.stop_reason,
        stopSequence: null,
        stopDetails: refused
          ? { type: 'refusal', category: 'general_harms', explanation: 'Simulated refusal.' }
          : null,
      };
    }
    case 'bad_json':
      return { ...answer, blocks: answer.blocks.map((block) => breakJson(block, fault.mode)) };
    case 'huge':
      return { ...answer, blocks: answer.blocks.map((block) => grow(block, fault.bytes)) };
    default:
      return answer;
  }
}

function breakJson(block: AnswerBlock, mode: 'truncated' | 'invalid' | 'wrong_shape'): AnswerBlock {
  if (block.type === 'thinking') return block;
  if (mode === 'truncated') {
    return { ...block, text: block.text.slice(0, Math.floor(block.text.length * 0.6)) };
  }
  const text = mode === 'invalid' ? `${block.text.slice(0, -1)},,]` : '{"unexpected": true}';
  return { ...block, text };
}

function grow(block: AnswerBlock, bytes: number): AnswerBlock {
  if (block.type !== 'text') return block;
  const unit = `${block.text}\n\n`;
  const text = unit.repeat(Math.ceil(bytes / Buffer.byteLength(unit)));
  return { ...block, text };
}
