import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose';
import { AppError } from '../errors.ts';
import { isId } from '../ids.ts';

export type TokenVerifierOptions = {
  /** Base address of the Supabase project; its key set is used when it offers one. */
  supabaseUrl: string;
  /** Shared secret for HS256 tokens; null when the project signs with keys only. */
  jwtSecret: string | null;
};

export type VerifyToken = (
  token: string,
) => Promise<{ userId: string; email: string; expiresAt: Date }>;

/**
 * Verifies Supabase access tokens: HS256 by the shared secret, asymmetric ones by the project's key set.
 * The returned function throws `unauthenticated` for anything else, an expired token included. Only the subject is
 * believed; what a person may do is answered by the membership table.
 */
export function createTokenVerifier({ supabaseUrl, jwtSecret }: TokenVerifierOptions): VerifyToken {
  const secret = jwtSecret === null ? undefined : new TextEncoder().encode(jwtSecret);
  const keySet = createRemoteJWKSet(new URL('/auth/v1/.well-known/jwks.json', supabaseUrl), {
    timeoutDuration: 3_000,
  });
  return async (token) => {
    const claims = await verify(token);
    if (
      typeof claims.sub !== 'string' ||
      !isId(claims.sub) ||
      claims.role !== 'authenticated' ||
      claims.exp === undefined
    ) {
      throw new AppError('unauthenticated', 'This token does not belong to a signed-in person.');
    }
    return {
      userId: claims.sub,
      email: typeof claims.email === 'string' ? claims.email : '',
      expiresAt: new Date(claims.exp * 1000),
    };
  };

  async function verify(token: string): Promise<JWTPayload> {
    try {
      // The algorithm list of each branch is fixed: a token can't choose how it is checked.
      const { payload } =
        isHs256(token) && secret
          ? await jwtVerify(token, secret, { algorithms: ['HS256'] })
          : await jwtVerify(token, keySet, { algorithms: ['RS256', 'ES256', 'EdDSA'] });
      return payload;
    } catch (cause) {
      if (cause instanceof errors.JWTExpired)
        throw new AppError('unauthenticated', 'Your session has expired. Sign in again.', {
          cause,
        });
      if (cause instanceof errors.JWKSTimeout)
        throw new AppError('unavailable', "Sign-in keys can't be fetched right now. Try again.", {
          cause,
          retryAfterSeconds: 5,
        });
      throw new AppError('unauthenticated', 'The access token is not valid.', { cause });
    }
  }
}

function isHs256(token: string): boolean {
  try {
    const header = JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString());
    return header.alg === 'HS256';
  } catch {
    return false;
  }
}
