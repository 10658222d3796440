import { ApiError, invalidField } from '../http/api-error.ts';
import type { BatchRequest } from './batch.ts';

const MAX_REQUESTS = 100_000;
const CUSTOM_ID = /^[a-zA-Z0-9_-]{1,64}$/;

/** Checks a batch's frame: ids and shape. What is in `params` is judged item by item, later. */
export function validateBatch(body: unknown): BatchRequest[] {
  const requests = isRecord(body) ? body.requests : undefined;
  if (requests === undefined) throw invalidField('requests', 'Field required');
  if (!Array.isArray(requests)) throw invalidField('requests', 'Input should be a valid list');
  if (requests.length === 0) {
    throw invalidField('requests', 'List should have at least 1 item after validation, not 0');
  }
  if (requests.length > MAX_REQUESTS) {
    throw invalidField(
      'requests',
      `List should have at most ${MAX_REQUESTS} items after validation`,
    );
  }
  const seen = new Set<string>();
  return requests.map((request: unknown, index) => {
    const at = `requests.${index}`;
    if (!isRecord(request)) throw invalidField(at, 'Input should be a valid object');
    const { custom_id: customId, params } = request;
    if (customId === undefined) throw invalidField(`${at}.custom_id`, 'Field required');
    if (typeof customId !== 'string' || !CUSTOM_ID.test(customId)) {
      throw invalidField(`${at}.custom_id`, `String should match pattern '${CUSTOM_ID.source}'`);
    }
    if (seen.has(customId)) {
      throw new ApiError(400, `${at}.custom_id: custom_id must be unique, found ${customId} twice`);
    }
    seen.add(customId);
    if (!isRecord(params)) throw invalidField(`${at}.params`, 'Field required');
    if (params.stream === true) {
      throw invalidField(`${at}.params.stream`, 'Streaming is not supported in batches');
    }
    return { customId, params };
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
