import type { NewApiKey } from '@devsphere/shared/contracts/http/api-key.ts';
import { signUp, type TestPerson, tokenOf } from '@devsphere/shared/testing/people.ts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ApiClient } from './client.ts';
import { type System, startSystem } from './start-system.ts';

const limit = 5;
let system: System;
let ada: TestPerson;

beforeAll(async () => {
  const few = { points: limit, seconds: 60 };
  system = await startSystem({
    limits: { person: few, apiKey: few, refusedToken: few },
    isSecure: true,
  });
  ada = await signUp(system.db, 'ada');
});
afterAll(() => system.stop());

const clientOf = async (person: TestPerson) => new ApiClient(system.api.url, await tokenOf(person));

describe('too many requests', () => {
  test('of a person get a 429 that says when to come back, and change nothing', async () => {
    const client = await clientOf(ada);
    for (let left = limit - 1; left >= 0; left -= 1) {
      const { status, headers } = await client.call('GET', '/v1/me');
      expect(status).toBe(200);
      expect(headers.get('ratelimit-policy')).toBe(`"person";q=${limit};w=60`);
      expect(headers.get('ratelimit')).toMatch(new RegExp(`^"person";r=${left};t=\\d+$`));
    }
    const refused = await client.submit(ada.orgId, {
      kind: 'assistant.prompt',
      input: { prompt: 'x' },
    });
    expect(refused.status).toBe(429);
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
    expect(refused.body).toMatchObject({ code: 'rate_limited', status: 429 });
    const seconds = Number(refused.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
    const { rows } = await system.db.admin.query('select count(*)::int as n from tasks');
    expect(rows[0].n).toBe(0);
  });

  test('of one person do not stop another, nor a program', async () => {
    const bob = await signUp(system.db, 'bob');
    const client = await clientOf(bob);
    const { body } = await client.call<NewApiKey>('POST', `/v1/orgs/${bob.orgId}/api-keys`, {
      name: 'x',
      scopes: ['tasks.read'],
    });
    const program = new ApiClient(system.api.url, body.token);
    const answers = await Promise.all(
      Array.from({ length: limit + 2 }, () => program.call('GET', '/v1/me')),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(limit);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(2);
    expect((await client.call('GET', '/v1/me')).status).toBe(200);
  });

  test('with refused tokens from one address get a 429, whatever they guess', async () => {
    const statuses: number[] = [];
    for (let guess = 0; guess < limit + 2; guess += 1)
      statuses.push(
        (await new ApiClient(system.api.url, `ds_live_${guess}`).call('GET', '/v1/me')).status,
      );
    expect(statuses).toEqual([...Array(limit).fill(401), 429, 429]);
  });

  test('are counted together by replicas', async () => {
    const carol = await signUp(system.db, 'carol');
    const other = await system.startApi();
    try {
      const token = await tokenOf(carol);
      const statuses: number[] = [];
      for (let call = 0; call < limit + 1; call += 1) {
        const url = call % 2 === 0 ? system.api.url : other.url;
        statuses.push((await new ApiClient(url, token).call('GET', '/v1/me')).status);
      }
      expect(statuses).toEqual([...Array(limit).fill(200), 429]);
    } finally {
      await other.stop();
    }
  });
});

describe('every answer', () => {
  test('of an API that the world reaches over https tells browsers to use nothing else, and loads and frames nothing', async () => {
    for (const path of ['/healthz', '/v1/me', '/nothing-here', '/docs/']) {
      const { headers } = await fetch(`${system.api.url}${path}`);
      expect(headers.get('strict-transport-security')).toMatch(/^max-age=31536000/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toMatch(/script-src 'self'(?:;|$)/);
      expect(headers.get('x-frame-options')).toBe('SAMEORIGIN');
      expect(headers.get('x-powered-by')).toBeNull();
    }
  });
});
