import { STATUS_CODES } from 'node:http';
import type { Problem } from '@devsphere/shared/contracts/http/problem.ts';
import { isDatabaseAway, isDatabaseBusy } from '@devsphere/shared/db/database-away.ts';
import { AppError } from '@devsphere/shared/errors.ts';
import type { Logger } from '@devsphere/shared/log.ts';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import { maximumBodyBytes } from './json-body.ts';

/** Answers a path that no route took. */
export const noSuchRoute: RequestHandler = (request) => {
  throw new AppError(
    'not_found',
    `There is nothing at ${request.method} ${request.path.slice(0, 200)}.`,
  );
};

/** Answers every error as RFC 9457 problem details. Unknown ones become a 500 whose id finds the log line. */
export function answerProblem(log: Logger): ErrorRequestHandler {
  return (error, request, response, next) => {
    const known = toAppError(error);
    if (known.status >= 500) log.error({ err: error, requestId: request.id }, 'request failed');
    // An event stream that has begun can only be cut.
    if (response.headersSent) return next(error);
    const problem: Problem = {
      type: `urn:devsphere:problem:${known.code}`,
      title: STATUS_CODES[known.status] ?? 'Error',
      status: known.status,
      detail: known.message,
      code: known.code,
      instance: `urn:devsphere:request:${request.id}`,
      ...(known.fields.length > 0 ? { errors: known.fields } : {}),
    };
    if (known.retryAfterSeconds !== undefined)
      response.setHeader('Retry-After', String(known.retryAfterSeconds));
    response.status(known.status).type('application/problem+json').send(JSON.stringify(problem));
  };
}

function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const { type, status } = (typeof error === 'object' && error !== null ? error : {}) as {
    type?: unknown;
    status?: unknown;
  };
  if (type === 'entity.parse.failed')
    return new AppError('invalid_json', 'The body is not valid JSON.', { cause: error });
  if (type === 'entity.too.large')
    return new AppError(
      'body_too_large',
      `The body is larger than ${maximumBodyBytes / 1024 / 1024} MB.`,
      {
        cause: error,
      },
    );
  if (type === 'encoding.unsupported' || type === 'charset.unsupported')
    return new AppError('unsupported_media_type', 'This encoding is not supported.', {
      cause: error,
    });
  if (isDatabaseAway(error))
    return new AppError('unavailable', 'The database is not reachable right now. Try again.', {
      cause: error,
      retryAfterSeconds: 2,
    });
  if (isDatabaseBusy(error))
    return new AppError('unavailable', 'The database could not take this right now. Try again.', {
      cause: error,
      retryAfterSeconds: 5,
    });
  if (status === 400)
    return new AppError('invalid_request', 'The request could not be read.', { cause: error });
  return new AppError(
    'internal',
    'Something went wrong on our side. Quote the request id when you ask about it.',
    { cause: error },
  );
}
