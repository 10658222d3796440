import type { webcrypto } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { createTokenVerifier } from '../src/auth/verify-token.ts';

const userId = '0b7a1d6e-3a5e-4c8e-9f3b-2d1c0a9b8e7f';
const secret = 'a-shared-secret-of-at-least-32-characters';
let project: Server;
let supabaseUrl: string;
let signingKey: webcrypto.CryptoKey;

beforeAll(async () => {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  signingKey = privateKey;
  const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' }] };
  project = createServer((request, response) => {
    response.statusCode = request.url === '/auth/v1/.well-known/jwks.json' ? 200 : 404;
    response.setHeader('content-type', 'application/json').end(JSON.stringify(keys));
  });
  await new Promise<void>((resolve) => project.listen(0, '127.0.0.1', resolve));
  const address = project.address();
  supabaseUrl = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
});
afterAll(() => new Promise((resolve) => project.close(resolve)));

const token = (claims: Record<string, unknown>, expires = '1h') =>
  new SignJWT({ role: 'authenticated', sub: userId, ...claims })
    .setIssuedAt()
    .setExpirationTime(expires);
const byKey = (claims = {}, expires?: string) =>
  token(claims, expires).setProtectedHeader({ alg: 'ES256', kid: 'k1' }).sign(signingKey);
const bySecret = (claims = {}, expires?: string, text = secret) =>
  token(claims, expires).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(text));

describe('a project that offers keys', () => {
  test('has its tokens verified by them, with or without a shared secret beside them', async () => {
    for (const jwtSecret of [null, secret]) {
      const verify = createTokenVerifier({ supabaseUrl, jwtSecret });
      expect(await verify(await byKey())).toMatchObject({ userId });
    }
  });

  test('does not accept a secret-signed token when it has no secret', async () => {
    await expect(
      createTokenVerifier({ supabaseUrl, jwtSecret: null })(await bySecret()),
    ).rejects.toMatchObject({ code: 'unauthenticated' });
  });
});

describe('a project with a shared secret', () => {
  const verify = (text: string) => createTokenVerifier({ supabaseUrl, jwtSecret: secret })(text);

  test('has its tokens verified by it', async () => {
    expect(await verify(await bySecret({ email: 'a@b.test' }))).toMatchObject({
      userId,
      email: 'a@b.test',
    });
  });

  test.each([
    ['expired', () => bySecret({}, '-1s')],
    [
      'signed with another secret',
      () => bySecret({}, '1h', 'another-secret-of-at-least-32-characters!'),
    ],
    ['of the service role', () => bySecret({ role: 'service_role' })],
    ['anonymous', () => bySecret({ role: 'anon' })],
    ['without a person', () => bySecret({ sub: 'nobody' })],
    ['not a token', async () => 'hello'],
  ])('refuses a token that is %s', async (_name, make) => {
    await expect(verify(await make())).rejects.toMatchObject({ code: 'unauthenticated' });
  });
});
