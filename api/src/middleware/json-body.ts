import { AppError } from '@devsphere/shared/errors.ts';
import express, { type RequestHandler } from 'express';

/** The largest inputs of the kinds (400,000 characters) fit with room for escapes. */
export const maximumBodyBytes = 2 * 1024 * 1024;

/** Parses JSON bodies of requests that change something; any other content type is refused. */
export function jsonBody(): RequestHandler {
  const parse = express.json({ limit: maximumBodyBytes, strict: true, type: 'application/json' });
  return (request, response, next) => {
    const hasBody =
      request.headers['content-length'] !== '0' &&
      (request.headers['content-length'] !== undefined ||
        request.headers['transfer-encoding'] !== undefined);
    if (hasBody && !request.is('application/json')) {
      throw new AppError('unsupported_media_type', 'Send JSON: Content-Type: application/json.');
    }
    parse(request, response, next);
  };
}
