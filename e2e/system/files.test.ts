import { createHash } from 'node:crypto';
import { createTokenVerifier } from '@devsphere/shared/auth/verify-token.ts';
import { createApiKey } from '@devsphere/shared/commands/create-api-key.ts';
import { revokeApiKey } from '@devsphere/shared/commands/revoke-api-key.ts';
import type { ApiKeyScope } from '@devsphere/shared/contracts/http/api-key-scopes.ts';
import type { Artifact } from '@devsphere/shared/contracts/http/artifact.ts';
import { createLogger } from '@devsphere/shared/log.ts';
import {
  contextOf,
  join,
  signUp,
  type TestPerson,
  tokenOf,
} from '@devsphere/shared/testing/people.ts';
import { testSealing } from '@devsphere/shared/testing/test-sealing.ts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Api, startApi } from '../../api/src/start-api.ts';
import { createArtifactStore } from '../../worker/src/storage/artifact-store.ts';
import { ApiClient } from './client.ts';
import { startStorage, type TestStorage } from './start-storage.ts';
import { type System, startSystem } from './start-system.ts';

const text = '# Hello';
let system: System;
let storage: TestStorage;
let api: Api;
let ada: TestPerson;
let eve: TestPerson;
let taskId: string;
let list: string;
let content: string;

beforeAll(async () => {
  system = await startSystem();
  storage = await startStorage(system.db);
  api = await startApi({
    databaseUrl: system.db.url,
    verifyToken: createTokenVerifier(storage),
    host: '127.0.0.1',
    port: 0,
    storage,
    outgoing: { sealingKey: testSealing.sealingKey(), allowPrivateAddresses: false },
    log: createLogger('test', 'silent'),
  });
  ada = await signUp(system.db, 'ada');
  eve = await signUp(system.db, 'eve');
  const prompt = { kind: 'assistant.prompt', input: { prompt: 'Hello' } };
  const client = new ApiClient(api.url, await tokenOf(ada));
  taskId = (await client.submit(ada.orgId, prompt)).body.id;
  const place = { orgId: ada.orgId, taskId, name: 'hello.md' };
  const path = await createArtifactStore(storage)(place, 'text/markdown', Buffer.from(text));
  const { rows } = await system.db.admin.query(
    `insert into artifacts (org_id, id, task_id, name, media_type, path, bytes, sha256)
     values ($1, gen_random_uuid(), $2, 'hello.md', 'text/markdown', $3, $4, $5) returning id`,
    [ada.orgId, taskId, path, text.length, createHash('sha256').update(text).digest('hex')],
  );
  list = `/v1/orgs/${ada.orgId}/tasks/${taskId}/artifacts`;
  content = `${list}/${rows[0].id}/content`;
});
afterAll(async () => {
  await api.stop();
  await system.stop();
  await storage.stop();
});

const keyOf = (person: TestPerson, scopes: ApiKeyScope[]) =>
  createApiKey(contextOf(system.db, person), {
    orgId: person.orgId,
    name: 'files',
    scopes,
    idempotencyKey: null,
  });
const get = (path: string, token: string) =>
  fetch(`${api.url}${path}`, { headers: { authorization: `Bearer ${token}` } });

describe('the files of a task', () => {
  test('are listed and downloaded by a program that may read tasks, and by every member', async () => {
    const bob = await signUp(system.db, 'bob');
    await join(system.db, bob, ada.orgId, 'viewer');
    const { token } = await keyOf(ada, ['tasks.read']);
    for (const who of [token, await tokenOf(ada), await tokenOf(bob)]) {
      const { artifacts } = (await (await get(list, who)).json()) as { artifacts: Artifact[] };
      expect(artifacts).toMatchObject([
        { name: 'hello.md', mediaType: 'text/markdown', bytes: text.length, taskId },
      ]);
      const file = await get(content, who);
      expect(await file.text()).toBe(text);
      expect(file.headers.get('content-type')).toContain('text/markdown');
      expect(file.headers.get('content-disposition')).toBe('attachment; filename="hello.md"');
      expect(file.headers.get('cache-control')).toContain('no-store');
    }
  });

  test('are not there for a stranger, nor for a program of another organisation', async () => {
    const { token } = await keyOf(eve, ['tasks.read']);
    for (const who of [token, await tokenOf(eve)])
      for (const path of [list, content]) {
        const answer = await get(path, who);
        expect(answer.status).toBe(404);
        expect(await answer.text()).not.toContain('hello');
      }
  });

  test('are refused to a program without the scope, and from the moment its key is revoked', async () => {
    const { token: other } = await keyOf(ada, ['usage.read']);
    expect((await get(content, other)).status).toBe(403);
    const { token, apiKey } = await keyOf(ada, ['tasks.read']);
    expect((await get(content, token)).status).toBe(200);
    const target = { orgId: ada.orgId, apiKeyId: apiKey.id };
    await revokeApiKey(contextOf(system.db, ada), target);
    expect((await get(content, token)).status).toBe(401);
  });
});
