import { fullReply, usageOf } from '../generation/simulate-message.ts';
import { ApiError } from '../http/api-error.ts';
import { cutConnection, sendJson } from '../http/exchange.ts';
import { pauseFor } from '../pace/pause-for.ts';
import type { Delivery } from './deliver-stream.ts';

/** Delivers a message as one JSON reply, after the time it would have taken to generate. */
export async function deliverWhole(delivery: Delivery): Promise<void> {
  const { exchange, call, message, progress, steps, fault } = delivery;
  for await (const step of steps) {
    if (step.type !== 'breakpoint' || fault === undefined) continue;
    if (fault.kind === 'stall') {
      await pauseFor(fault.ms, exchange.gone);
      continue;
    }
    if (fault.kind === 'error_event') throw new ApiError(529, fault.message, { type: fault.type });
    const usage = usageOf(message, progress.blocks);
    await call.end({ outcome: `fault:${fault.kind}`, billed: true, messageId: message.id, usage });
    cutConnection(exchange);
    return;
  }
  const reply = fullReply(message);
  await call.end({
    outcome: fault === undefined ? 'completed' : `fault:${fault.kind}`,
    billed: true,
    messageId: message.id,
    usage: reply.usage,
    stopReason: reply.stop_reason,
  });
  if (fault?.kind === 'lost_reply') cutConnection(exchange);
  else sendJson(exchange, 200, reply, delivery.headers);
}
