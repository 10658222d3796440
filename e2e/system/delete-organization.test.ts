import { readdir } from 'node:fs/promises';
import { createSchedule } from '@devsphere/shared/commands/create-schedule.ts';
import { eventually } from '@devsphere/shared/testing/eventually.ts';
import {
  contextOf,
  join,
  signUp,
  type TestPerson,
  tokenOf,
} from '@devsphere/shared/testing/people.ts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { purgeOrganization } from '../../worker/src/organizations/purge-organization.ts';
import { createArtifactStore } from '../../worker/src/storage/artifact-store.ts';
import { createFileStore, type FileStore } from '../../worker/src/storage/file-store.ts';
import { ApiClient } from './client.ts';
import { startStorage, type TestStorage } from './start-storage.ts';
import { type System, startSystem } from './start-system.ts';

let system: System;
let files: FileStore;
let storage: TestStorage;
let ada: TestPerson;
let client: ApiClient;

beforeAll(async () => {
  system = await startSystem();
  storage = await startStorage(system.db);
  files = createFileStore(storage);
  ada = await signUp(system.db, 'ada');
  client = new ApiClient(system.api.url, await tokenOf(ada));
});
afterAll(async () => {
  await system.stop();
  await storage.stop();
});

/** An organisation with tasks, a schedule and a file; `bystander` has a file in the same bucket. */
async function filled(slug: string): Promise<{ orgId: string; taskId: string }> {
  const { body } = await client.call<{ orgId: string }>('POST', '/v1/orgs', { name: slug, slug });
  const { orgId } = body;
  const task = { kind: 'assistant.prompt', input: { prompt: 'What is new?' } };
  const { body: submitted } = await client.submit(orgId, task);
  for (let n = 0; n < 4; n += 1) await client.submit(orgId, task);
  await createSchedule(contextOf(system.db, ada), {
    ...task,
    orgId,
    name: 'Daily',
    cron: '0 9 * * *',
    timeZone: 'UTC',
    idempotencyKey: null,
  });
  const store = createArtifactStore(storage);
  for (const owner of [orgId, ada.orgId])
    await store(
      { orgId: owner, taskId: submitted.id, name: 'a.md' },
      'text/markdown',
      Buffer.from('# A'),
    );
  return { orgId, taskId: submitted.id };
}
/** Rows of an organisation by table, in every table that has any. */
async function rowsLeft(orgId: string): Promise<Record<string, number>> {
  const { rows: tables } = await system.db.admin.query(
    `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'org_id'
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> 'operator_actions'`,
  );
  const left: Record<string, number> = {};
  for (const { name } of tables) {
    const { rows } = await system.db.admin.query(
      `select count(*)::int as n from ${name} where org_id = $1`,
      [orgId],
    );
    if (rows[0].n > 0) left[name] = rows[0].n;
  }
  return left;
}
const filesLeft = async () =>
  (await readdir(storage.folder)).filter((name) => !name.endsWith('.json')).length;
const namesLeft = async (orgId: string) =>
  (
    await system.db.admin.query(`select name from storage.objects where starts_with(name, $1)`, [
      orgId,
    ])
  ).rows;
const remove = (by: ApiClient, orgId: string, slug: string) =>
  by.call('DELETE', `/v1/orgs/${orgId}`, { slug });

describe('deleting an organisation', () => {
  test('needs its owner and its address; anything else changes nothing', async () => {
    const { orgId } = await filled('careful');
    const bob = await signUp(system.db, 'bob');
    const asBob = new ApiClient(system.api.url, await tokenOf(bob));
    expect((await remove(asBob, orgId, 'careful')).status).toBe(404);
    await join(system.db, bob, orgId, 'admin');
    expect((await remove(asBob, orgId, 'careful')).status).toBe(403);
    const wrong = await remove(client, orgId, 'Careful');
    expect([wrong.status, wrong.body.errors]).toEqual([
      400,
      [{ field: 'slug', message: 'Type the address of the organisation to confirm' }],
    ]);
    expect((await client.call('GET', '/v1/orgs/careful')).status).toBe(200);
  });

  test('hides it at once from everybody, stops its clock, and frees its address', async () => {
    const { orgId, taskId } = await filled('sudden');
    expect((await remove(client, orgId, 'sudden')).status).toBe(202);
    for (const path of ['', '/members', `/tasks/${taskId}`, '/schedules'])
      expect((await client.call('GET', `/v1/orgs/${orgId}${path}`)).status).toBe(404);
    expect((await remove(client, orgId, 'sudden')).status).toBe(404);
    const { rows } = await system.db.admin.query('select state from schedules where org_id = $1', [
      orgId,
    ]);
    expect(rows).toEqual([{ state: 'paused' }]);
    const again = { name: 'Again', slug: 'sudden' };
    expect((await client.call('POST', '/v1/orgs', again)).status).toBe(201);
  });

  test('removes every row and file of it, and nothing of anybody else', async () => {
    const { orgId } = await filled('gone');
    const before = { mine: await rowsLeft(ada.orgId), files: await namesLeft(ada.orgId) };
    await remove(client, orgId, 'gone');
    const worker = await system.startWorker({ files });
    await eventually('the purge', async () => Object.keys(await rowsLeft(orgId)).length === 0);
    expect(await namesLeft(orgId)).toEqual([]);
    expect({ mine: await rowsLeft(ada.orgId), files: await namesLeft(ada.orgId) }).toEqual(before);
    await worker.stop(1);
  }, 30_000);

  test('goes on where it was cut off, and does nothing to an organisation that is not deleted', async () => {
    const { orgId } = await filled('patient');
    const all = { database: system.db.database, boss: system.db.boss, files };
    expect(await purgeOrganization(all, orgId)).toEqual({ files: 0, rows: 0 });
    expect(await rowsLeft(orgId)).toMatchObject({ organizations: 1, tasks: 5 });
    await remove(client, orgId, 'patient');
    const broken = { ...all, files: { ...files, remove: () => Promise.reject(new Error('down')) } };
    await expect(purgeOrganization(broken, orgId)).rejects.toThrow('down');
    expect(await rowsLeft(orgId)).toMatchObject({ tasks: 5 });
    const before = await filesLeft();
    expect(await purgeOrganization(all, orgId)).toMatchObject({ files: 1 });
    expect(await filesLeft()).toBe(before - 1);
    expect(await rowsLeft(orgId)).toEqual({});
    expect(await purgeOrganization(all, orgId)).toEqual({ files: 0, rows: 0 });
  });

  test('a file token reaches its own folder only', async () => {
    const { orgId, taskId } = await filled('narrow');
    await files.remove('artifacts', [`${orgId}/${taskId}/a.md`], `${ada.orgId}/`).catch(() => {});
    expect(await namesLeft(orgId)).toHaveLength(1);
  });
});
