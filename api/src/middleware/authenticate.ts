import { looksLikeApiKey } from '@devsphere/shared/auth/api-key-token.ts';
import { type VerifiedApiKey, verifyApiKey } from '@devsphere/shared/auth/verify-api-key.ts';
import type { VerifyToken } from '@devsphere/shared/auth/verify-token.ts';
import {
  type ApiKey,
  type Caller,
  missingScope,
  type Person,
} from '@devsphere/shared/commands/command-context.ts';
import type { ApiKeyScope } from '@devsphere/shared/contracts/http/api-key-scopes.ts';
import type { Database } from '@devsphere/shared/db/database.ts';
import { AppError } from '@devsphere/shared/errors.ts';
import { tooMany } from '@devsphere/shared/limits/rate-limiter.ts';
import type { Request, RequestHandler, Response } from 'express';
import type { AppDependencies } from '../app.ts';

export type Session<A extends Caller = Person> = { actor: A; expiresAt: Date };
type ApiKeySession = Session<ApiKey> & Pick<VerifiedApiKey, 'scopes'>;

/** A key without an end; a date that every clock stays below. */
const never = new Date(8.64e15);

/** Lets only requests with a valid bearer token through: a person's access token, or an API key. */
export function authenticate({
  verifyToken,
  database,
  limiter,
}: Pick<AppDependencies, 'verifyToken' | 'database' | 'limiter'>): RequestHandler {
  return async (request, response, next) => {
    const [scheme, token] = (request.headers.authorization ?? '').split(' ');
    if (scheme?.toLowerCase() !== 'bearer' || !token) {
      response.setHeader('WWW-Authenticate', 'Bearer');
      throw new AppError(
        'unauthenticated',
        'Send an access token or an API key: Authorization: Bearer <token>.',
      );
    }
    try {
      response.locals.session = looksLikeApiKey(token)
        ? await sessionOfKey(database, token)
        : await sessionOfPerson(verifyToken, token);
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'unauthenticated')) throw error;
      const allowance = await limiter.take('refusedToken', request.ip ?? 'unknown');
      if (!allowance.allowed) throw tooMany(allowance, 'Too many refused tokens from your address');
      response.setHeader('WWW-Authenticate', 'Bearer error="invalid_token"');
      throw error;
    }
    next();
  };
}

async function sessionOfPerson(verifyToken: VerifyToken, token: string): Promise<Session> {
  const { userId, expiresAt } = await verifyToken(token);
  return { actor: { type: 'person', userId }, expiresAt };
}

async function sessionOfKey(database: Database, token: string): Promise<ApiKeySession> {
  const { actor, scopes, validUntil } = await verifyApiKey(database, token);
  return { actor, scopes, expiresAt: validUntil ?? never };
}

/** The session of a person. Throws `forbidden` for an API key: a route open to programs asks `callerOf` instead. */
export function sessionOf(response: Response): Session {
  const session = anySession(response);
  if ('scopes' in session)
    throw new AppError('forbidden', 'An API key can’t do this: it needs a person. Sign in.');
  return session;
}

/** Refuses API keys before anything else is looked at: for routes that are all for people. */
export const forPeople: RequestHandler = (_request, response, next) => {
  sessionOf(response);
  next();
};

/**
 * The session of a person, or of a program whose key has the scope. Throws `forbidden` for a key without it, which
 * row-level security would answer with nothing.
 */
export function callerOf(response: Response, scope: ApiKeyScope): Session<Caller> {
  const session = anySession(response);
  if ('scopes' in session && !session.scopes.includes(scope)) throw missingScope(scope);
  return session;
}

/** The session of anyone, for what needs no scope. Throws if the route forgot to authenticate. */
export function anySession(response: Response): Session | ApiKeySession {
  const session: Session | ApiKeySession | undefined = response.locals.session;
  if (!session) throw new Error('this route is not behind authenticate()');
  return session;
}

export function requestIdOf(request: Request): string {
  return String(request.id);
}
