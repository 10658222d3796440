import { type Dispatcher, request } from 'undici';
import { AddressRefused } from './guarded-agent.ts';

const totalMilliseconds = 15_000;
const maximumBytesRead = 16 * 1024;
const maximumCharactersKept = 4_096;

/** What is kept of an answer's headers: nothing that could be a secret. */
const keptHeaders = [
  'content-type',
  'content-length',
  'date',
  'location',
  'retry-after',
  'server',
  'x-request-id',
];

/** How a message fared: what came back, or why nothing did. */
export type PostResult = {
  tookMs: number;
  status: number | null;
  responseHeaders: Record<string, string> | null;
  responseBody: string | null;
  /** In words; null when the receiver took the message. */
  error: string | null;
};

/**
 * Posts a body, bounded in time and in what is read of the answer. A redirect is not followed, since it could lead
 * anywhere. Never rejects.
 */
export async function post(
  dispatcher: Dispatcher,
  url: string,
  headers: Record<string, string>,
  body: string,
): Promise<PostResult> {
  const began = performance.now();
  const nothing = { status: null, responseHeaders: null, responseBody: null };
  try {
    const signal = AbortSignal.timeout(totalMilliseconds);
    const answer = await request(url, { method: 'POST', dispatcher, headers, body, signal });
    const responseBody = await readBounded(answer.body);
    return {
      tookMs: since(began),
      status: answer.statusCode,
      responseHeaders: kept(answer.headers),
      responseBody,
      error: whyNotTaken(answer.statusCode),
    };
  } catch (error) {
    return { ...nothing, tookMs: since(began), error: inWords(error) };
  }
}

const since = (began: number) => Math.round(performance.now() - began);

async function readBounded(body: Dispatcher.ResponseData['body']): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes >= maximumBytesRead) break;
  }
  const text = Buffer.concat(chunks).subarray(0, maximumBytesRead).toString('utf8');
  // PostgreSQL stores no NUL in a text.
  return text.replaceAll('\0', '\uFFFD').slice(0, maximumCharactersKept);
}

function kept(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(
    keptHeaders.flatMap((name) => {
      const value = headers[name];
      return value === undefined ? [] : [[name, String(value).slice(0, 300)]];
    }),
  );
}

function whyNotTaken(status: number): string | null {
  if (status >= 200 && status < 300) return null;
  if (status >= 300 && status < 400) return 'The receiver redirects, which is not followed.';
  return `The receiver answered ${status}.`;
}

/** Errors of connecting, as people can act on them. */
const sentences: Record<string, string> = {
  ENOTFOUND: 'The name of the receiver does not exist.',
  EAI_AGAIN: 'The name of the receiver could not be looked up.',
  ECONNREFUSED: 'The receiver refused the connection.',
  ECONNRESET: 'The receiver closed the connection.',
  UND_ERR_SOCKET: 'The receiver closed the connection.',
  UND_ERR_CONNECT_TIMEOUT: 'The receiver could not be reached in time.',
  UND_ERR_HEADERS_TIMEOUT: 'The receiver did not answer in time.',
  UND_ERR_BODY_TIMEOUT: 'The receiver did not answer in time.',
  UND_ERR_HEADERS_OVERFLOW: "The receiver's answer has headers that are too large.",
  ETIMEDOUT: 'The receiver could not be reached in time.',
};

function inWords(error: unknown): string {
  if (error instanceof AddressRefused)
    return 'The address is not on the public internet, so nothing was sent.';
  if (error instanceof AggregateError && error.errors.length > 0) return inWords(error.errors[0]);
  if (error instanceof Error && error.name === 'TimeoutError')
    return 'The receiver did not answer in time.';
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (/CERT|SSL|TLS|SELF_SIGNED/.test(code)) return "The receiver's certificate is not valid.";
  return sentences[code] ?? 'The message could not be sent.';
}
