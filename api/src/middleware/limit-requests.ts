import {
  type Allowance,
  type RateLimiter,
  tooMany,
} from '@devsphere/shared/limits/rate-limiter.ts';
import type { RequestHandler, Response } from 'express';
import { anySession } from './authenticate.ts';

/**
 * Counts the requests of each person and each key, and refuses what is too many with a 429. Every answer says what is
 * left (draft-ietf-httpapi-ratelimit-headers).
 */
export function limitRequests(limiter: RateLimiter): RequestHandler {
  return async (_request, response, next) => {
    const { actor } = anySession(response);
    const allowance =
      actor.type === 'person'
        ? await limiter.take('person', actor.userId)
        : await limiter.take('apiKey', actor.keyId);
    sayWhatIsLeft(response, actor.type === 'person' ? 'person' : 'api-key', allowance);
    if (!allowance.allowed) throw tooMany(allowance);
    next();
  };
}

function sayWhatIsLeft(
  response: Response,
  policy: string,
  { limit, remaining, resetSeconds }: Allowance,
): void {
  response.setHeader('RateLimit-Policy', `"${policy}";q=${limit.points};w=${limit.seconds}`);
  response.setHeader('RateLimit', `"${policy}";r=${remaining};t=${resetSeconds}`);
}
