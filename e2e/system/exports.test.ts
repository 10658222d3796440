import { createTokenVerifier } from '@devsphere/shared/auth/verify-token.ts';
import { inviteMember } from '@devsphere/shared/commands/invite-member.ts';
import type { OrganizationExport } from '@devsphere/shared/contracts/http/export.ts';
import { createLogger } from '@devsphere/shared/log.ts';
import { eventually } from '@devsphere/shared/testing/eventually.ts';
import {
  contextOf,
  join,
  signUp,
  type TestPerson,
  tokenOf,
} from '@devsphere/shared/testing/people.ts';
import { testSealing } from '@devsphere/shared/testing/test-sealing.ts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import { type Api, startApi } from '../../api/src/start-api.ts';
import { createFileStore } from '../../worker/src/storage/file-store.ts';
import { exportExpiry } from '../../worker/src/upkeep/expire-exports.ts';
import { ApiClient } from './client.ts';
import { startStorage, type TestStorage } from './start-storage.ts';
import { type System, startSystem } from './start-system.ts';

/** Tables of an organisation that no person may read: sealed secrets and their like. */
const unreadable: string[] = [];

let system: System;
let storage: TestStorage;
let api: Api;
let ada: TestPerson;
let client: ApiClient;
let base: string;

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
  client = new ApiClient(api.url, await tokenOf(ada));
  base = `/v1/orgs/${ada.orgId}/exports`;
  await system.startWorker({ files: createFileStore(storage) });
});
afterAll(async () => {
  await api.stop();
  await system.stop();
  await storage.stop();
});

async function finished(): Promise<OrganizationExport> {
  const { status, body } = await client.call<OrganizationExport>('POST', base);
  expect([200, 202]).toContain(status);
  return eventually('the export', async () => {
    const { body: now } = await client.call<OrganizationExport>('GET', `${base}/${body.id}`);
    return now.state !== 'queued' && now;
  });
}
const download = async (id: string, person = ada) =>
  fetch(`${api.url}${base}/${id}/content`, {
    headers: { authorization: `Bearer ${await tokenOf(person)}` },
  });

describe('an export', () => {
  test('holds every table of the organisation, its rows alone, and no secret', async () => {
    const eve = await signUp(system.db, 'eve');
    await inviteMember(contextOf(system.db, ada), {
      orgId: ada.orgId,
      email: 'bob@example.test',
      role: 'member',
    });
    for (let n = 0; n < 30; n += 1)
      await client.submit(ada.orgId, {
        kind: 'assistant.prompt',
        input: { prompt: `Question ${n}` },
      });
    const made = await finished();
    expect(made).toMatchObject({ state: 'ready', error: null });
    const response = await download(made.id);
    expect(response.headers.get('content-type')).toBe('application/zip');
    const files = Object.fromEntries(
      Object.entries(unzipSync(new Uint8Array(await response.arrayBuffer()))).map(
        ([name, bytes]) => [name, strFromU8(bytes)],
      ),
    );
    const { rows: tables } = await system.db.admin.query(
      `select c.relname as name from pg_class c
       where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
         and coalesce(obj_description(c.oid, 'pg_class'), '') not like 'not-tenant:%'`,
    );
    const missing = tables.map(({ name }) => name).filter((name) => !(`${name}.jsonl` in files));
    expect(missing.sort()).toEqual(unreadable);
    const lines = (name: string) =>
      (files[`${name}.jsonl`] ?? '')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line));
    expect(lines('tasks')).toHaveLength(30);
    expect(new Set(lines('tasks').map(({ id }) => id)).size).toBe(30);
    expect(lines('people').map(({ email }) => email)).toEqual([ada.email]);
    const all = JSON.stringify(files);
    expect(all).not.toContain(eve.orgId);
    expect(all).not.toContain(eve.email);
    for (const secret of ['token_hash', 'nonce', 'secret_hash', 'ciphertext', 'sealed'])
      expect({ secret, found: all.includes(`\\"${secret}`) }).toEqual({ secret, found: false });
  }, 30_000);

  test('is for owners: an admin and a stranger can neither ask nor download', async () => {
    const { id } = await finished();
    const admin = await signUp(system.db, 'admin');
    await join(system.db, admin, ada.orgId, 'admin');
    for (const [person, asked] of [
      [admin, 403],
      [await signUp(system.db, 'stranger'), 404],
    ] as const) {
      const other = new ApiClient(api.url, await tokenOf(person));
      expect((await other.call('POST', base)).status).toBe(asked);
      expect((await other.call('GET', `${base}/${id}`)).status).toBe(404);
      expect((await download(id, person)).status).toBe(404);
      // Nor from the storage itself.
      const raw = await fetch(
        `${storage.supabaseUrl}/storage/v1/object/exports/${ada.orgId}/${id}.zip`,
        {
          headers: {
            authorization: `Bearer ${await tokenOf(person)}`,
            apikey: storage.publishableKey,
          },
        },
      );
      expect(raw.ok).toBe(false);
    }
  }, 30_000);

  test('expires: its file goes and the download says so', async () => {
    const { id } = await finished();
    await system.db.admin.query(`update exports set expires_at = now() where id = $1`, [id]);
    expect((await download(id)).status).toBe(409);
    const upkeep = exportExpiry(system.db.database, createFileStore(storage));
    expect(await upkeep.runOnce()).toEqual({ expired: 1 });
    const { rows } = await system.db.admin.query('select from storage.objects where name = $1', [
      `${ada.orgId}/${id}.zip`,
    ]);
    expect(rows).toEqual([]);
    expect(await upkeep.runOnce()).toEqual({ expired: 0 });
  }, 30_000);
});
