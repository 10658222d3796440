import type { Call } from '../calls/call.ts';
import type { Fault } from '../faults/fault.ts';
import type { AnswerBlock } from '../generation/answer.ts';
import type { GenerationStep, Progress } from '../generation/generate.ts';
import {
  openReply,
  type SimulatedMessage,
  signatureOf,
  usageOf,
} from '../generation/simulate-message.ts';
import { ApiError, errorBody } from '../http/api-error.ts';
import { EventStream, type StreamEvent } from '../http/event-stream.ts';
import { cutConnection, type Exchange } from '../http/exchange.ts';
import { pauseFor } from '../pace/pause-for.ts';

export interface Delivery {
  readonly exchange: Exchange;
  readonly call: Call;
  readonly message: SimulatedMessage;
  readonly progress: Progress;
  readonly steps: AsyncIterable<GenerationStep>;
  readonly fault: Fault | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Delivers a message as server-sent events. The call is on disk before `message_stop`, so that a
 * client that saw the end can rely on the bill.
 */
export async function deliverStream(delivery: Delivery): Promise<void> {
  const { exchange, call, message, steps, fault } = delivery;
  const stream = new EventStream(exchange, fault?.kind === 'split_utf8');
  stream.open(delivery.headers);
  await stream.send({ type: 'message_start', message: openReply(message) });
  await stream.send({ type: 'ping' });
  for await (const step of steps) {
    if (step.type === 'breakpoint') {
      if (await breakStream(delivery, stream)) return;
    } else {
      for (const event of eventsOf(step)) await stream.send(event);
    }
  }
  const { stopReason, stopSequence, stopDetails } = message.answer;
  const usage = usageOf(message, message.answer.blocks);
  await stream.send({
    type: 'message_delta',
    delta: {
      container: null,
      stop_reason: stopReason,
      stop_sequence: stopSequence,
      stop_details: stopDetails,
    },
    usage,
  });
  const outcome = fault === undefined ? 'completed' : (`fault:${fault.kind}` as const);
  await call.end({ outcome, billed: true, messageId: message.id, usage, stopReason });
  await stream.send({ type: 'message_stop' });
  stream.end();
}

/** Acts at the breakpoint; true when the stream is over. What was generated is billed. */
async function breakStream(delivery: Delivery, stream: EventStream): Promise<boolean> {
  const { exchange, call, message, progress, fault } = delivery;
  if (fault?.kind === 'stall') {
    await pauseFor(fault.ms, exchange.gone);
    return false;
  }
  if (fault?.kind === 'garbled') {
    await stream.garble(progress.blocks.at(-1)?.text.slice(-100) ?? '');
    return false;
  }
  if (fault === undefined) return false;
  const usage = usageOf(message, progress.blocks);
  await call.end({ outcome: `fault:${fault.kind}`, billed: true, messageId: message.id, usage });
  if (fault.kind === 'error_event') {
    const error = new ApiError(500, fault.message, { type: fault.type });
    await stream.send(errorBody(error, exchange.requestId));
  }
  if (fault.kind === 'cut') cutConnection(exchange);
  else stream.end();
  return true;
}

function eventsOf(step: Exclude<GenerationStep, { type: 'breakpoint' }>): StreamEvent[] {
  const { index, block } = step;
  if (step.type === 'start') {
    return [{ type: 'content_block_start', index, content_block: emptyBlock(block) }];
  }
  if (step.type === 'delta') {
    return [{ type: 'content_block_delta', index, delta: deltaOf(block, step.text) }];
  }
  const stop = { type: 'content_block_stop', index };
  if (block.type !== 'thinking') return [stop];
  const delta = { type: 'signature_delta', signature: signatureOf(block.text) };
  return [{ type: 'content_block_delta', index, delta }, stop];
}

function emptyBlock(block: AnswerBlock): Record<string, unknown> {
  if (block.type === 'thinking') return { type: 'thinking', thinking: '', signature: '' };
  if (block.type === 'text') return { type: 'text', text: '', citations: null };
  return {
    type: 'tool_use',
    id: block.id,
    name: block.name,
    input: {},
    caller: { type: 'direct' },
  };
}

function deltaOf(block: AnswerBlock, text: string): Record<string, unknown> {
  if (block.type === 'thinking') return { type: 'thinking_delta', thinking: text };
  if (block.type === 'text') return { type: 'text_delta', text };
  return { type: 'input_json_delta', partial_json: text };
}
