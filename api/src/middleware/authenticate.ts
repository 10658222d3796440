import type { VerifyToken } from '@devsphere/shared/auth/verify-token.ts';
import type { Person } from '@devsphere/shared/commands/command-context.ts';
import { AppError } from '@devsphere/shared/errors.ts';
import type { Request, RequestHandler, Response } from 'express';

export type Session = { actor: Person; expiresAt: Date };

/** Lets only requests with a valid bearer token through. */
export function authenticate(verifyToken: VerifyToken): RequestHandler {
  return async (request, response, next) => {
    const [scheme, token] = (request.headers.authorization ?? '').split(' ');
    if (scheme?.toLowerCase() !== 'bearer' || !token) {
      response.setHeader('WWW-Authenticate', 'Bearer');
      throw new AppError('unauthenticated', 'Send an access token: Authorization: Bearer <token>.');
    }
    try {
      const { userId, expiresAt } = await verifyToken(token);
      response.locals.session = { actor: { type: 'person', userId }, expiresAt } satisfies Session;
    } catch (error) {
      response.setHeader('WWW-Authenticate', 'Bearer error="invalid_token"');
      throw error;
    }
    next();
  };
}

/** The session of an authenticated request. Throws if the route forgot to authenticate. */
export function sessionOf(response: Response): Session {
  const session: Session | undefined = response.locals.session;
  if (!session) throw new Error('this route is not behind authenticate()');
  return session;
}

export function requestIdOf(request: Request): string {
  return String(request.id);
}
