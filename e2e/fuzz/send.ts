import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { Received } from './judge.ts';
import type { FuzzRequest } from './request-of.ts';

const longestMilliseconds = 10_000;

/** Sends a request as it is, its path untouched. Of an event stream only the beginning is awaited. */
export function send(
  baseUrl: string,
  { method, path, headers, body }: FuzzRequest,
): Promise<Received> {
  const { hostname, port } = new URL(baseUrl);
  return new Promise((resolve, reject) => {
    const bytes = body === null ? null : Buffer.from(body);
    const sent = httpRequest(
      {
        hostname,
        port,
        method,
        path,
        headers: { ...headers, ...(bytes ? { 'content-length': bytes.length } : {}) },
        timeout: longestMilliseconds,
      },
      (response) => read(response).then(resolve, reject),
    );
    sent.on('timeout', () => sent.destroy(new Error('no answer in time')));
    sent.on('error', reject);
    sent.end(bytes ?? undefined);
  });
}

async function read(response: IncomingMessage): Promise<Received> {
  const status = response.statusCode ?? 0;
  const contentType = response.headers['content-type'] ?? '';
  if (contentType.startsWith('text/event-stream')) {
    response.destroy();
    return { status, contentType, text: '' };
  }
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return { status, contentType, text: Buffer.concat(chunks).toString() };
}
