import type { IncomingMessage } from 'node:http';
import { ApiError } from './api-error.ts';

const BYTES_PER_MEGABYTE = 1024 * 1024;
/** The API's own request limits. */
export const MAX_REQUEST_BYTES = 32 * BYTES_PER_MEGABYTE;
export const MAX_BATCH_BYTES = 256 * BYTES_PER_MEGABYTE;

/**
 * Reads the whole body as text. A body over the limit is read to its end but not kept: replying
 * while the client still sends would reach it as a broken pipe instead of a 413.
 */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= maxBytes) chunks.push(chunk);
    else chunks.length = 0;
  }
  if (size > maxBytes) {
    throw new ApiError(413, 'Request exceeds the maximum size');
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Parses a JSON body, or throws the API's 400. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError(400, 'The request body is not valid JSON');
  }
}
