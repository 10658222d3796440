import { Call } from '../calls/call.ts';
import { validateMessageRequest } from '../contract/validate-request.ts';
import { refusalOf } from '../faults/refuse-call.ts';
import { fullReply, simulateMessage } from '../generation/simulate-message.ts';
import { ApiError, errorBody } from '../http/api-error.ts';
import { newId } from '../http/exchange.ts';
import { pauseFor } from '../pace/pause-for.ts';
import type { Services } from '../services.ts';
import { type Batch, type BatchRequest, type BatchResult, expiresAt } from './batch.ts';

/**
 * Works through a batch at the simulator's pace until it is done, cancelled or expired.
 * Resolves also when the simulator shuts down; such a batch never ends.
 */
export async function runBatch(
  services: Services,
  batch: Batch,
  shutdown: AbortSignal,
): Promise<void> {
  for (const request of batch.requests) {
    const perSecond = services.pace.batchItemsPerSecond;
    // Even without pacing each item yields, so that large batches don't starve live calls.
    await pauseFor(perSecond > 0 ? 1_000 / perSecond : 0, shutdown).catch(() => undefined);
    if (shutdown.aborted) return;
    const isExpired = services.now() >= expiresAt(batch);
    const result: BatchResult = batch.cancelInitiatedAt
      ? { type: 'canceled' }
      : isExpired
        ? { type: 'expired' }
        : await runItem(services, batch, request);
    batch.results.set(request.customId, result);
  }
  batch.endedAt = services.now();
}

async function runItem(
  services: Services,
  batch: Batch,
  { customId, params }: BatchRequest,
): Promise<BatchResult> {
  const requestId = newId('req_sim_');
  const { keyHash } = batch;
  const origin = {
    requestId,
    receivedAt: services.now(),
    keyHash,
    batch: { id: batch.id, customId },
  };
  const call = new Call(origin, services.log, services.now);
  const body = JSON.stringify(params);
  call.arrived(body, params);
  const fault = services.faults.take({ endpoint: 'batch_item', body, model: call.model });
  if (fault?.kind === 'expire') {
    await call.end({ outcome: 'fault:expire', billed: false });
    return { type: 'expired' };
  }
  try {
    const refusal = refusalOf(fault);
    if (refusal !== undefined) throw refusal;
    const request = validateMessageRequest(params);
    const cache = services.cache;
    const reply = fullReply(simulateMessage(request, { keyHash, cache, fault, batch: true }));
    await call.end({
      outcome: fault === undefined ? 'completed' : `fault:${fault.kind}`,
      billed: true,
      messageId: reply.id,
      usage: reply.usage,
      stopReason: reply.stop_reason,
    });
    return { type: 'succeeded', message: reply };
  } catch (error) {
    const shown = error instanceof ApiError ? error : new ApiError(500, 'Internal server error');
    const outcome = fault === undefined ? `error:${shown.type}` : `fault:${fault.kind}`;
    await call.end({ outcome: outcome as `error:${string}`, billed: false });
    return { type: 'errored', error: errorBody(shown, requestId) };
  }
}
