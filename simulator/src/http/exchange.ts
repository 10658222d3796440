import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** One request and its reply, with what every handler needs to know about them. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  readonly requestId: string;
  readonly receivedAt: Date;
  /** Aborts when the client hangs up before the reply is complete. */
  readonly gone: AbortSignal;
}

/** Opens an exchange and marks its reply as simulated before anything else can be written. */
export function openExchange(
  request: IncomingMessage,
  response: ServerResponse,
  receivedAt: Date,
): Exchange {
  const requestId = newId('req_sim_');
  const controller = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) controller.abort();
  });
  response.setHeader('x-simulated', 'true');
  response.setHeader('request-id', requestId);
  const url = urlOf(request);
  return { request, response, url, requestId, receivedAt, gone: controller.signal };
}

/** A fresh id; the `sim` in every prefix keeps simulated ids apart from the provider's. */
export function newId(prefix: string): string {
  return prefix + randomBytes(12).toString('hex');
}

/** Sends a JSON reply and ends the exchange. Does nothing once the client has gone. */
export function sendJson(
  exchange: Exchange,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  const { response } = exchange;
  if (response.headersSent || response.destroyed) return;
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(text)),
    ...headers,
  });
  response.end(text);
}

/**
 * Breaks the connection as a failing network would: what was written arrives, the end does not.
 * The turn of the event loop lets the response uncork its last write.
 */
export function cutConnection(exchange: Exchange): void {
  setImmediate(() => exchange.response.socket?.destroySoon());
}

/** The request's URL. A target or host that is no URL leads to a path that nobody serves. */
function urlOf(request: IncomingMessage): URL {
  const host = request.headers.host ?? 'localhost';
  return URL.parse(`http://${host}${request.url ?? '/'}`) ?? new URL('http://localhost/invalid');
}
