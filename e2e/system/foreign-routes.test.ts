import { createApiKey } from '@devsphere/shared/commands/create-api-key.ts';
import { apiKeyScopeNames } from '@devsphere/shared/contracts/http/api-key-scopes.ts';
import { contextOf, signUp, tokenOf } from '@devsphere/shared/testing/people.ts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readDocument } from '../fuzz/operations.ts';
import { prepare } from '../fuzz/prepare.ts';
import { send } from '../fuzz/send.ts';
import { bodyOf, nowhere, pathOf } from '../routes/path-of.ts';
import { type System, startSystem } from './start-system.ts';

const plenty = { points: 1_000_000, seconds: 60 };
const document = readDocument();
const ofOrganizations = document.operations.filter(({ path }) => path.includes('{org}'));
let system: System;
let victim: Awaited<ReturnType<typeof prepare>>;
let outsiders: Record<string, string>;

beforeAll(async () => {
  system = await startSystem({
    limits: { person: plenty, apiKey: plenty, refusedToken: plenty },
  });
  victim = await prepare(system, document);
  const eve = await signUp(system.db, 'eve');
  const { token: program } = await createApiKey(contextOf(system.db, eve), {
    orgId: eve.orgId,
    name: 'program of another organisation',
    scopes: apiKeyScopeNames,
    idempotencyKey: null,
  });
  outsiders = { 'a stranger': await tokenOf(eve), 'a program of another organisation': program };
});
afterAll(() => system.stop());

/** Everything an organisation has, as one text. */
async function everythingOf(orgId: string): Promise<string> {
  const { rows } = await system.db.admin.query(
    `select string_agg(t::text, '' order by t::text) as text from (
       select to_jsonb(o) - 'last_used_at' as t from organizations o where org_id = $1
       union all select to_jsonb(m) from memberships m where org_id = $1
       union all select to_jsonb(t) from tasks t where org_id = $1
       union all select to_jsonb(s) from schedules s where org_id = $1
       union all select to_jsonb(k) - 'last_used_at' from api_keys k where org_id = $1
       union all select to_jsonb(i) from invitations i where org_id = $1
       union all select to_jsonb(w) from webhook_endpoints w where org_id = $1
       union all select to_jsonb(a) from audit_entries a where org_id = $1) everything(t)`,
    [orgId],
  );
  return rows[0].text;
}

describe.each(
  ofOrganizations.map((operation) => [`${operation.method} ${operation.path}`, operation] as const),
)('%s', (_, operation) => {
  test('answers strangers alike for what exists elsewhere and what exists nowhere, and does nothing', async () => {
    const [orgId = '', slug = ''] = victim.orgs;
    const before = await everythingOf(orgId);
    const body = bodyOf(operation, document);
    for (const [who, token] of Object.entries(outsiders)) {
      const ask = async (org: string, exists: boolean) => {
        const { status, text } = await send(system.api.url, {
          method: operation.method,
          path: pathOf(operation, org, (name) => (exists ? victim.ids[name]?.[0] : undefined)),
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          body,
        });
        const problem = text ? JSON.parse(text) : {};
        return { who, status, detail: problem.detail ?? null, code: problem.code ?? null };
      };
      const unknown = await ask(nowhere, false);
      expect(unknown.status).toBeGreaterThanOrEqual(400);
      expect(unknown.status).toBeLessThan(500);
      expect(await ask(orgId, true)).toEqual(unknown);
      expect(await ask(orgId, false)).toEqual(unknown);
      expect(await ask(slug, true)).toEqual(await ask('no-such-organisation', false));
    }
    expect(await everythingOf(orgId)).toBe(before);
  });
});
