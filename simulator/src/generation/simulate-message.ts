import { composeAnswer } from '../answer/compose-answer.ts';
import type { MessageReply, ReplyBlock, Usage } from '../contract/message-reply.ts';
import type { MessageRequest } from '../contract/message-request.ts';
import type { Fault } from '../faults/fault.ts';
import { newId } from '../http/exchange.ts';
import { findModel } from '../models/catalogue.ts';
import { countInputTokens } from '../tokens/count-tokens.ts';
import type { InputUsage, PromptCache } from '../tokens/prompt-cache.ts';
import { type Answer, type AnswerBlock, countAnswerTokens } from './answer.ts';
import { applyFault } from './apply-fault.ts';
import { limitAnswer } from './limit-answer.ts';

/** A message whose answer and price are decided, but of which nothing has been delivered. */
export interface SimulatedMessage {
  readonly id: string;
  readonly request: MessageRequest;
  readonly answer: Answer;
  readonly input: InputUsage;
  readonly batch: boolean;
}

export interface SimulationOptions {
  readonly keyHash: string;
  readonly cache: PromptCache;
  readonly fault: Fault | undefined;
  readonly batch: boolean;
}

/** Composes the answer to a valid request and charges its prompt. */
export function simulateMessage(
  request: MessageRequest,
  options: SimulationOptions,
): SimulatedMessage {
  const composed = applyFault(composeAnswer(request), options.fault);
  const window = findModel(request.model).contextWindowTokens - countInputTokens(request);
  const isBent = options.fault?.kind === 'huge' || options.fault?.kind === 'stop_reason';
  const answer = isBent
    ? composed
    : limitAnswer(composed, {
        maxTokens: request.max_tokens,
        windowTokens: window,
        stopSequences: request.stop_sequences ?? [],
      });
  return {
    id: newId('msg_sim_'),
    request,
    answer,
    input: options.cache.charge(options.keyHash, request),
    batch: options.batch,
  };
}

/** Usage when `blocks` have been generated: cumulative, and the same on the wire and on the bill. */
export function usageOf(message: SimulatedMessage, blocks: readonly AnswerBlock[]): Usage {
  const { total, thinking } = countAnswerTokens(blocks);
  return {
    ...message.input,
    output_tokens: total,
    output_tokens_details:
      message.request.thinking === undefined ? null : { thinking_tokens: thinking },
    server_tool_use: null,
    service_tier: message.batch ? 'batch' : 'standard',
    inference_geo: message.request.inference_geo ?? null,
    speed: message.request.speed === undefined ? null : 'standard',
  };
}

/** The whole message, as a call without streaming (and a batch) returns it. */
export function fullReply(message: SimulatedMessage): MessageReply {
  return {
    ...openReply(message),
    content: message.answer.blocks.map(replyBlock),
    stop_reason: message.answer.stopReason,
    stop_sequence: message.answer.stopSequence,
    stop_details: message.answer.stopDetails,
    usage: usageOf(message, message.answer.blocks),
  };
}

/** The empty message that opens a stream. */
export function openReply(message: SimulatedMessage): MessageReply {
  return {
    id: message.id,
    type: 'message',
    role: 'assistant',
    model: message.request.model,
    content: [],
    stop_reason: null,
    stop_sequence: null,
    stop_details: null,
    container: null,
    diagnostics: null,
    usage: usageOf(message, []),
  };
}

function replyBlock(block: AnswerBlock): ReplyBlock {
  if (block.type === 'thinking') {
    return { type: 'thinking', thinking: block.text, signature: signatureOf(block.text) };
  }
  if (block.type === 'text') return { type: 'text', text: block.text, citations: null };
  const { id, name } = block;
  return { type: 'tool_use', id, name, input: parseInput(block.text), caller: { type: 'direct' } };
}

/** An opaque token that, like the real one, only has to come back unchanged. */
export function signatureOf(thinking: string): string {
  return Buffer.from(`simulated:${thinking.length}`).toString('base64');
}

/** A tool input that max_tokens cut short is no JSON; the API then reports an empty object. */
function parseInput(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
