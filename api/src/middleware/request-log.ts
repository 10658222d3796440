import { newId } from '@devsphere/shared/ids.ts';
import { errorForLogs, type Logger } from '@devsphere/shared/log.ts';
import type { RequestHandler } from 'express';
import { pinoHttp } from 'pino-http';

const acceptableId = /^[A-Za-z0-9._-]{8,100}$/;

/** One log line a request, under an id that the caller may choose and always gets back. */
export function logRequests(log: Logger): RequestHandler {
  return pinoHttp({
    logger: log,
    genReqId: (request, response) => {
      const given = request.headers['x-request-id'];
      const id = typeof given === 'string' && acceptableId.test(given) ? given : newId();
      response.setHeader('X-Request-Id', id);
      return id;
    },
    customLogLevel: (_request, response) => (response.statusCode >= 500 ? 'error' : 'info'),
    autoLogging: { ignore: (request) => request.url === '/healthz' || request.url === '/readyz' },
    serializers: {
      err: errorForLogs,
      req: (request: { id: string; method: string; url: string }) => ({
        id: request.id,
        method: request.method,
        path: request.url.split('?')[0],
      }),
      res: (response: { statusCode: number }) => ({ status: response.statusCode }),
    },
  });
}
