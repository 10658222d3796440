import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '@devsphere/shared/testing/test-database.ts';
import { testServer } from '@devsphere/shared/testing/test-server.ts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import { freePort } from '../../scripts/system/ports.ts';
import { type Gateway, startGateway } from '../embedded/gateway.ts';

let db: TestDatabase;
let gateway: Gateway;
let url: string;
let mailboxDir: string;
const key = 'sb_publishable_test';

beforeAll(async () => {
  db = await createTestDatabase();
  mailboxDir = await mkdtemp(join(tmpdir(), 'devsphere-mail-'));
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  const database = new URL(db.url).pathname.slice(1);
  gateway = await startGateway({
    ownerUrl: testServer.url('postgres', database),
    port,
    jwtSecret: testServer.jwtSecret,
    publishableKey: key,
    siteUrl: 'http://localhost:3000',
    mailboxDir,
    storageDir: join(mailboxDir, 'storage'),
  });
});
afterAll(async () => {
  await gateway.close();
  await db.close();
  await rm(mailboxDir, { recursive: true, force: true });
});

async function person(name: string): Promise<SupabaseClient> {
  const client = createClient(url, key, { auth: { persistSession: false } });
  const { error } = await client.auth.signUp({
    email: `${name}@example.test`,
    password: 'a-long-password',
  });
  if (error) throw error;
  return client;
}

describe('the Data API', () => {
  test("shows a person their own organisation and nobody else's", async () => {
    const [ada, eve] = await Promise.all([person('ada'), person('eve')]);
    const [hers, theirs] = await Promise.all([
      ada.from('organizations').select('slug'),
      eve.from('organizations').select('slug'),
    ]);
    expect(hers.data).toHaveLength(1);
    expect(theirs.data).toHaveLength(1);
    expect(hers.data).not.toEqual(theirs.data);
  });

  test('is read-only, also after having served: writes are for commands alone', async () => {
    const client = await person('writer');
    const { data } = await client.from('organizations').select('org_id');
    const row = {
      org_id: data?.[0]?.org_id,
      id: '01890000-0000-7000-8000-000000000001',
      kind: 'assistant.prompt',
      title: 't',
      input: {},
      max_attempts: 1,
      job_queue: 'q',
      job_id: '01890000-0000-7000-8000-000000000001',
      request_hash: 'h',
    };
    for (const attempt of [
      client.from('tasks').insert(row),
      client.from('tasks').update({ title: 'x' }).neq('title', ''),
      client.from('tasks').delete().neq('title', ''),
    ]) {
      expect((await attempt).error?.code).toBe('42501');
    }
    const { rows } = await db.admin.query(
      `select grantee, privilege_type from information_schema.role_table_grants where table_schema = 'public' and table_name = 'tasks' and grantee in ('anon', 'authenticated', 'service_role')`,
    );
    expect(rows).toEqual([{ grantee: 'authenticated', privilege_type: 'SELECT' }]);
  });

  test('shows an anonymous caller nothing', async () => {
    const anonymous = createClient(url, key, { auth: { persistSession: false } });
    for (const table of ['organizations', 'tasks', 'profiles', 'model_prices']) {
      const { data, error } = await anonymous.from(table).select('*');
      expect(error?.code ?? data).toBe('42501');
    }
  });
});

describe('sign-in', () => {
  test('signing up keeps the display name, in the profile and in the name of the personal organisation', async () => {
    const client = createClient(url, key, { auth: { persistSession: false } });
    await client.auth.signUp({
      email: 'grace@example.test',
      password: 'a-long-password',
      options: { data: { display_name: 'Grace Hopper' } },
    });
    expect((await client.from('profiles').select('display_name')).data).toEqual([
      { display_name: 'Grace Hopper' },
    ]);
    expect((await client.from('organizations').select('name')).data).toEqual([
      { name: "Grace Hopper's workspace" },
    ]);
  });

  test('a password reset mail lands in the mailbox with a link', async () => {
    const client = await person('forgetful');
    await client.auth.resetPasswordForEmail('forgetful@example.test');
    const mails = await Promise.all(
      (await readdir(mailboxDir)).map(async (file) =>
        JSON.parse(await readFile(join(mailboxDir, file), 'utf8')),
      ),
    );
    const mail = mails.find(({ to }) => to === 'forgetful@example.test');
    expect(mail?.text ?? mail?.html).toMatch(/\/auth\/v1\/verify/);
  });
});
