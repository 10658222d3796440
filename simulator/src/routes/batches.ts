import { shuffle } from '../answer/seeded-random.ts';
import { type Batch, batchInfo } from '../batches/batch.ts';
import { runBatch } from '../batches/run-batch.ts';
import { validateBatch } from '../batches/validate-batch.ts';
import { refusalOf } from '../faults/refuse-call.ts';
import { ApiError } from '../http/api-error.ts';
import { cutConnection, type Exchange, newId, sendJson } from '../http/exchange.ts';
import { MAX_BATCH_BYTES, parseJson, readBody } from '../http/read-body.ts';
import { untilAborted } from '../pace/pause-for.ts';
import type { Services } from '../services.ts';
import { pageOf } from './page-of.ts';

/** `POST /v1/messages/batches`. Like the real one it is not idempotent. */
export async function createBatch(
  services: Services,
  exchange: Exchange,
  keyHash: string,
  shutdown: AbortSignal,
): Promise<void> {
  const body = await readBody(exchange.request, MAX_BATCH_BYTES);
  const parsed = parseJson(body);
  const fault = services.faults.take({ endpoint: 'batches', body });
  if (fault?.kind === 'hang') return untilAborted(exchange.gone);
  const refusal = refusalOf(fault);
  if (refusal !== undefined) throw refusal;
  const batch: Batch = {
    id: newId('msgbatch_sim_'),
    keyHash,
    requests: validateBatch(parsed),
    createdAt: services.now(),
    results: new Map(),
    cancelInitiatedAt: null,
    endedAt: null,
  };
  services.batches.add(batch);
  runBatch(services, batch, shutdown).catch(services.onError);
  if (fault?.kind === 'lost_reply' || fault?.kind === 'cut') return cutConnection(exchange);
  sendJson(exchange, 200, batchInfo(batch, exchange.url.origin));
}

/** `GET /v1/messages/batches`, most recent first, by pages. */
export function listBatches(services: Services, exchange: Exchange, keyHash: string): void {
  const infos = services.batches
    .list(keyHash)
    .map((batch) => ({ id: batch.id, ...batchInfo(batch, exchange.url.origin) }));
  sendJson(exchange, 200, pageOf(infos, exchange.url.searchParams));
}

/** `POST /v1/messages/batches/:id/cancel`: what has not been processed yet will not be. */
export function cancelBatch(services: Services, exchange: Exchange, batch: Batch): void {
  if (batch.endedAt !== null) {
    throw new ApiError(400, `Batch ${batch.id} has already ended and cannot be canceled`);
  }
  batch.cancelInitiatedAt ??= services.now();
  sendJson(exchange, 200, batchInfo(batch, exchange.url.origin));
}

/** `DELETE /v1/messages/batches/:id`. */
export function deleteBatch(services: Services, exchange: Exchange, batch: Batch): void {
  services.batches.remove(batch);
  sendJson(exchange, 200, { id: batch.id, type: 'message_batch_deleted' });
}

/** `GET /v1/messages/batches/:id/results`: JSON lines in no particular order. */
export function sendBatchResults(services: Services, exchange: Exchange, batch: Batch): void {
  if (batch.endedAt === null) {
    throw new ApiError(400, `Batch ${batch.id} has not ended; its results are not available yet`);
  }
  const fault = services.faults.take({ endpoint: 'batch_results', body: batch.id });
  const refusal = refusalOf(fault);
  if (refusal !== undefined) throw refusal;
  const lines = [...batch.results].map(
    ([customId, result]) => `${JSON.stringify({ custom_id: customId, result })}\n`,
  );
  const text = shuffle(lines, batch.id).join('');
  const { response } = exchange;
  response.writeHead(200, { 'content-type': 'application/x-jsonl' });
  if (fault?.kind === 'cut') {
    response.write(text.slice(0, Math.floor(text.length / 2)));
    cutConnection(exchange);
    return;
  }
  response.end(fault?.kind === 'early_end' ? text.slice(0, Math.floor(text.length / 2)) : text);
}
