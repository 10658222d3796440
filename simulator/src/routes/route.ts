import { batchInfo } from '../batches/batch.ts';
import { validatePrompt } from '../contract/validate-request.ts';
import { refusalOf } from '../faults/refuse-call.ts';
import { ApiError } from '../http/api-error.ts';
import { authenticate, authenticateAdmin } from '../http/authenticate.ts';
import { type Exchange, sendJson } from '../http/exchange.ts';
import { MAX_REQUEST_BYTES, parseJson, readBody } from '../http/read-body.ts';
import type { Services } from '../services.ts';
import { countInputTokens } from '../tokens/count-tokens.ts';
import { sendApiKeys } from './api-keys.ts';
import { cancelBatch, createBatch, deleteBatch, listBatches, sendBatchResults } from './batches.ts';
import { control } from './control.ts';
import { createMessage } from './create-message.ts';
import { sendModel, sendModels } from './models.ts';
import { sendUsageReport } from './usage-report.ts';

/** Sends a request to its handler; anything unknown is the API's 404. */
export async function route(
  services: Services,
  exchange: Exchange,
  shutdown: AbortSignal,
): Promise<void> {
  const path = exchange.url.pathname;
  if (path.startsWith('/_control')) return control(services, exchange);
  const action = `${exchange.request.method} ${path}`;
  if (action === 'POST /v1/messages') return createMessage(services, exchange);
  if (path.startsWith('/v1/organizations/')) return routeAdmin(services, exchange, action);

  const keyHash = authenticate(exchange.request, services.acceptedKeys);
  if (action === 'POST /v1/messages/count_tokens') return countTokens(services, exchange);
  if (action === 'POST /v1/messages/batches') {
    return createBatch(services, exchange, keyHash, shutdown);
  }
  if (action === 'GET /v1/messages/batches') return listBatches(services, exchange, keyHash);
  const batchPath = /^\/v1\/messages\/batches\/([^/]+)(\/cancel|\/results)?$/.exec(path);
  if (batchPath?.[1] !== undefined) {
    return routeBatch(services, exchange, keyHash, batchPath[1], batchPath[2]);
  }
  refuseIfTold(services, 'models', path);
  if (action === 'GET /v1/models') return sendModels(exchange);
  // Model ids need no decoding: one that is percent-encoded is one we don't have.
  const model = /^GET \/v1\/models\/([^/]+)$/.exec(action)?.[1];
  if (model !== undefined) return sendModel(exchange, model);
  throw new ApiError(404, 'Not found');
}

async function routeAdmin(services: Services, exchange: Exchange, action: string): Promise<void> {
  authenticateAdmin(exchange.request);
  refuseIfTold(services, 'admin', exchange.url.search);
  if (action === 'GET /v1/organizations/usage_report/messages')
    return sendUsageReport(services, exchange);
  if (action === 'GET /v1/organizations/api_keys') return sendApiKeys(services, exchange);
  throw new ApiError(404, 'Not found');
}

function routeBatch(
  services: Services,
  exchange: Exchange,
  keyHash: string,
  id: string,
  suffix: string | undefined,
): void {
  const batch = services.batches.get(id, keyHash);
  const action = `${exchange.request.method} ${suffix ?? ''}`;
  if (action === 'GET ') sendJson(exchange, 200, batchInfo(batch, exchange.url.origin));
  else if (action === 'DELETE ') deleteBatch(services, exchange, batch);
  else if (action === 'POST /cancel') cancelBatch(services, exchange, batch);
  else if (action === 'GET /results') sendBatchResults(services, exchange, batch);
  else throw new ApiError(404, 'Not found');
}

async function countTokens(services: Services, exchange: Exchange): Promise<void> {
  const body = await readBody(exchange.request, MAX_REQUEST_BYTES);
  refuseIfTold(services, 'count_tokens', body);
  const prompt = validatePrompt(parseJson(body));
  sendJson(exchange, 200, { input_tokens: countInputTokens(prompt) });
}

function refuseIfTold(
  services: Services,
  endpoint: 'count_tokens' | 'models' | 'admin',
  body: string,
): void {
  const refusal = refusalOf(services.faults.take({ endpoint, body }));
  if (refusal !== undefined) throw refusal;
}
