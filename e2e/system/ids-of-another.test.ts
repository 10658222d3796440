import { join, signUp, type TestPerson, tokenOf } from '@devsphere/shared/testing/people.ts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Operation, readDocument } from '../fuzz/operations.ts';
import { prepare } from '../fuzz/prepare.ts';
import { send } from '../fuzz/send.ts';
import { bodyOf, nowhere, pathOf } from '../routes/path-of.ts';
import { type System, startSystem } from './start-system.ts';

type Prepared = Awaited<ReturnType<typeof prepare>>;

const plenty = { points: 1_000_000, seconds: 60 };
const document = readDocument();
/** A kind of integration is no id: every organisation has the same ones. */
const isOfThing = ({ path }: Operation) =>
  /\{(?!org\}|kind\})/.test(path) && path.includes('{org}');
const isList = ({ method, path }: Operation) => method === 'GET' && path.includes('{org}');
let system: System;
let here: Prepared;
let there: Prepared;
let both: TestPerson;
let token: string;

beforeAll(async () => {
  system = await startSystem({ limits: { person: plenty, apiKey: plenty, refusedToken: plenty } });
  here = await prepare(system, document);
  there = await prepare(system, document);
  both = await signUp(system.db, 'both');
  await join(system.db, both, here.owner.orgId, 'owner');
  await join(system.db, both, there.owner.orgId, 'owner');
  token = await tokenOf(both);
});
afterAll(() => system.stop());

async function ask(operation: Operation, idOf: (collection: string) => string | undefined) {
  const { status, text } = await send(system.api.url, {
    method: operation.method,
    path: pathOf(operation, here.owner.orgId, idOf),
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: bodyOf(operation, document),
  });
  return { status, text };
}

/** Who asked has no part in what was answered. */
const withoutRequest = ({ status, text }: { status: number; text: string }) => ({
  status,
  text: text.replaceAll(/urn:devsphere:request:[\w-]+/g, ''),
});

/** Everything of the other organisation, as one text. */
async function everythingThere(): Promise<string> {
  const tables = ['memberships', 'tasks', 'approvals', 'schedules', 'api_keys', 'invitations']
    .concat(['webhook_endpoints', 'webhook_deliveries', 'exports', 'audit_entries'])
    .map((table) => `select to_jsonb(t) - 'last_used_at' as row from ${table} t where org_id = $1`);
  const { rows } = await system.db.admin.query<{ text: string }>(
    `select string_agg(row::text, '' order by row::text) as text from (${tables.join(' union all ')}) everything`,
    [there.owner.orgId],
  );
  return rows[0]?.text ?? '';
}

const named = (operations: Operation[]) =>
  operations.map((operation) => [`${operation.method} ${operation.path}`, operation] as const);

describe('to somebody of two organisations', () => {
  test.each(named(document.operations.filter(isOfThing)))(
    '%s answers for a thing of the other as for one that is nowhere, and does nothing',
    async (_, operation) => {
      const before = await everythingThere();
      const last = operation.path.split('/').findLast((_part, index, parts) => {
        return parts[index + 1]?.startsWith('{') ?? false;
      });
      const theirs = (name: string) => there.ids[name]?.find((id) => id !== both.actor.userId);
      expect(theirs(last ?? '')).toBeDefined();
      const ofNothing = withoutRequest(await ask(operation, () => nowhere));
      expect(ofNothing.status).toBe(404);
      expect(withoutRequest(await ask(operation, theirs))).toEqual(ofNothing);
      const inMine = (id: (name: string) => string | undefined) => (name: string) =>
        name === last ? id(name) : here.ids[name]?.[0];
      const ofNothingInMine = withoutRequest(
        await ask(
          operation,
          inMine(() => nowhere),
        ),
      );
      expect(withoutRequest(await ask(operation, inMine(theirs)))).toEqual(ofNothingInMine);
      expect(await everythingThere()).toBe(before);
    },
  );

  test.each(named(document.operations.filter((each) => isList(each) && !isOfThing(each))))(
    '%s has nothing of the other',
    async (_, operation) => {
      const { status, text } = await ask(operation, () => undefined);
      expect(status).toBe(200);
      const foreign = [there.owner.orgId, ...Object.values(there.ids).flat()].filter(
        (id) => id !== both.actor.userId,
      );
      expect(foreign.filter((id) => text.includes(id))).toEqual([]);
    },
  );
});
