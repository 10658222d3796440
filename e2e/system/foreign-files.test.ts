import { createApiKey } from '@devsphere/shared/commands/create-api-key.ts';
import { apiKeyScopeNames } from '@devsphere/shared/contracts/http/api-key-scopes.ts';
import { signFileToken } from '@devsphere/shared/storage/file-token.ts';
import {
  contextOf,
  join,
  signUp,
  type TestPerson,
  tokenOf,
} from '@devsphere/shared/testing/people.ts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { SignJWT } from 'jose';
import { createArtifactStore } from '../../worker/src/storage/artifact-store.ts';
import { createFileStore } from '../../worker/src/storage/file-store.ts';
import { type Attempt, attemptsAt } from '../storage/attempts.ts';
import { startStorage, type TestStorage } from './start-storage.ts';
import { type System, startSystem } from './start-system.ts';

type Files = { artifacts: string; exports: string };

const marker = 'canary of a file';
const nowhere = '019ab000-0000-7000-8000-000000000000';
const buckets = ['artifacts', 'exports'] as const;
let system: System;
let storage: TestStorage;
let ada: TestPerson;
let eve: TestPerson;
let theirs: Files;
let mine: Files;
let outsiders: Record<string, string | null>;

beforeAll(async () => {
  system = await startSystem();
  storage = await startStorage(system.db);
  ada = await signUp(system.db, 'ada');
  eve = await signUp(system.db, 'eve');
  theirs = await storeFiles(ada, marker);
  mine = await storeFiles(eve, 'mine');
  const removed = await signUp(system.db, 'removed');
  await join(system.db, removed, ada.orgId, 'owner');
  await system.db.admin.query('delete from memberships where org_id = $1 and user_id = $2', [
    ada.orgId,
    removed.actor.userId,
  ]);
  const { token: program } = await createApiKey(contextOf(system.db, eve), {
    orgId: eve.orgId,
    name: 'files',
    scopes: apiKeyScopeNames,
    idempotencyKey: null,
  });
  const [org_id, task_id] = mine.artifacts.split('/');
  const { jwtSecret } = storage;
  outsiders = {
    'a visitor': null,
    'a visitor with the public key': storage.publishableKey,
    'a stranger': await tokenOf(eve),
    'a removed owner': await tokenOf(removed),
    'an owner whose session is over': await tokenOf(ada, -60),
    'somebody who signs for themselves': await tokenOf(ada, 3600, 'x'.repeat(32)),
    'somebody who claims to be the service': await signed('x'.repeat(32), { role: 'service_role' }),
    'a stranger with claims of their own': await signed(jwtSecret, {
      role: 'authenticated',
      user_metadata: { devsphere_purge: { prefix: ada.orgId }, org_id: ada.orgId },
    }),
    'a program': program,
    'a task of another organisation': await signed(jwtSecret, {
      role: 'authenticated',
      devsphere_task: { org_id, task_id },
    }),
    'an export of another organisation': await signed(jwtSecret, {
      role: 'authenticated',
      devsphere_export: { path: mine.exports },
    }),
    'a purge of another organisation': await signed(jwtSecret, {
      role: 'authenticated',
      devsphere_purge: { prefix: `${eve.orgId}/` },
    }),
    'who was handed another file': await signFileToken(jwtSecret, mine.artifacts),
  };
});
afterAll(async () => {
  await system.stop();
  await storage.stop();
});

const signed = (secret: string, claims: object) =>
  new SignJWT({ ...claims })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setSubject(crypto.randomUUID())
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(secret));

/** A file in each bucket, as workers store them. */
async function storeFiles({ orgId, actor }: TestPerson, content: string): Promise<Files> {
  const place = { orgId, taskId: crypto.randomUUID(), name: 'hello.md' };
  const artifacts = await createArtifactStore(storage)(place, 'text/plain', Buffer.from(content));
  const exportId = crypto.randomUUID();
  const exports = `${orgId}/${exportId}.zip`;
  await createFileStore(storage).store(
    'exports',
    exports,
    'application/zip',
    new Uint8Array(Buffer.from(content)),
  );
  await system.db.admin.query(
    `insert into exports (org_id, id, state, requested_by, path, bytes, finished_at, expires_at)
     values ($1, $2, 'ready', $3, $4, 1, now(), now() + interval '1 day')`,
    [orgId, exportId, actor.userId, exports],
  );
  return { artifacts, exports };
}

async function ask({ method, path, body, headers }: Attempt, token: string | null) {
  const isText = typeof body === 'string';
  const response = await fetch(`${storage.supabaseUrl}/storage/v1${path}`, {
    method,
    headers: {
      apikey: storage.publishableKey,
      'content-type': isText || body === undefined ? 'text/plain' : 'application/json',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }),
  });
  return { status: response.status, text: await response.text() };
}

/** What is in the storage: names, buckets and bytes of both organisations. */
async function everything(): Promise<unknown> {
  const { rows: objects } = await system.db.admin.query(
    'select bucket_id, name, version, metadata, updated_at from storage.objects order by 1, 2',
  );
  const { rows: shelves } = await system.db.admin.query(
    'select id, public from storage.buckets order by 1',
  );
  const contents: string[] = [];
  for (const [person, files] of [[ada, theirs] as const, [eve, mine] as const])
    for (const bucket of buckets) {
      const path = `/object/${bucket}/${files[bucket]}`;
      const { text } = await ask({ name: 'read', method: 'GET', path }, await tokenOf(person));
      contents.push(text);
    }
  return { objects, shelves, contents };
}

test('each owner reads their own files', async () => {
  expect(await everything()).toMatchObject({ contents: [marker, marker, 'mine', 'mine'] });
});

describe.each(buckets)('a file of another organisation in the bucket of %s', (bucket) => {
  test('is read, changed, moved and signed by nobody from outside, who is answered as for one that is nowhere', async () => {
    const before = JSON.stringify(await everything());
    const wrong: string[] = [];
    const name = theirs[bucket];
    const elsewhere = name.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, nowhere);
    for (const [who, token] of Object.entries(outsiders)) {
      const ofNothing = attemptsAt(bucket, elsewhere, mine[bucket]);
      for (const [index, attempt] of attemptsAt(bucket, name, mine[bucket]).entries()) {
        const { status, text } = await ask(attempt, token);
        const said = `${who} can ${attempt.name}: ${status} ${text.slice(0, 200)}`;
        const isOfMany = /^(list|delete$)/.test(attempt.name);
        if (text.includes(marker) || status >= 500 || (status < 400 && !isOfMany)) wrong.push(said);
        if (attempt.name.startsWith('list') && text.includes(ada.orgId)) wrong.push(said);
        const nothing = ofNothing[index];
        if (!nothing) throw new Error('the attempts differ');
        const other = await ask(nothing, token);
        const alike = (body: string) => body.replaceAll(name, '').replaceAll(elsewhere, '');
        if (other.status !== status || alike(other.text) !== alike(text))
          wrong.push(`${said}, and of nothing ${other.status} ${other.text.slice(0, 200)}`);
      }
      if (JSON.stringify(await everything()) !== before) throw new Error(`${who} changed files`);
    }
    expect(wrong).toEqual([]);
  }, 60_000);

  test('is read by its members alone, who change, move and delete nothing', async () => {
    const before = await everything();
    const token = await tokenOf(ada);
    for (const attempt of attemptsAt(bucket, theirs[bucket], mine[bucket]))
      await ask(attempt, token);
    expect(await everything()).toEqual(before);
  }, 60_000);
});
