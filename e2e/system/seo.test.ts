import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@devsphere/shared/testing/eventually.ts';
import { signUp, type TestPerson, tokenOf } from '@devsphere/shared/testing/people.ts';
import { testServer } from '@devsphere/shared/testing/test-server.ts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createClient } from '@supabase/supabase-js';
import { freePort } from '../../scripts/system/ports.ts';
import { type Gateway, startGateway } from '../../supabase/embedded/gateway.ts';
import {
  type ArtifactStore,
  createArtifactStore,
} from '../../worker/src/storage/artifact-store.ts';
import { ApiClient } from './client.ts';
import { agentIsInstalled, type RunningAgent, startAgent } from './start-agent.ts';
import { type System, startSystem } from './start-system.ts';

const publishableKey = 'sb_publishable_test';
const input = {
  keyphrase: 'cold brew coffee',
  word_target: 300,
  audience: 'People who brew at home',
};
let system: System;
let gateway: Gateway;
let supabaseUrl: string;
let home: string;
let ada: TestPerson;
let eve: TestPerson;
let client: ApiClient;
let artifactStore: ArtifactStore;

beforeAll(async () => {
  system = await startSystem();
  home = await mkdtemp(join(tmpdir(), 'devsphere-seo-'));
  const port = await freePort();
  supabaseUrl = `http://127.0.0.1:${port}`;
  gateway = await startGateway({
    ownerUrl: testServer.url('postgres', new URL(system.db.url).pathname.slice(1)),
    port,
    jwtSecret: testServer.jwtSecret,
    publishableKey,
    siteUrl: 'http://localhost:3000',
    mailboxDir: join(home, 'mail'),
    storageDir: join(home, 'storage'),
  });
  ada = await signUp(system.db, 'ada');
  eve = await signUp(system.db, 'eve');
  client = new ApiClient(system.api.url, await tokenOf(ada));
  artifactStore = createArtifactStore({
    supabaseUrl,
    publishableKey,
    jwtSecret: testServer.jwtSecret,
  });
});
afterAll(async () => {
  await system.stop();
  await gateway.close();
  await rm(home, { recursive: true, force: true });
});

const pace = (tokensPerSecond: number) =>
  fetch(`${system.simulator.url}/_control/pace`, {
    method: 'PUT',
    body: JSON.stringify({ tokens_per_second: tokensPerSecond, first_token_ms: 0 }),
  });
const rowsOf = async (sql: string, taskId: string) =>
  (await system.db.admin.query(sql, [taskId])).rows;
const storageOf = async (person: TestPerson) =>
  createClient(supabaseUrl, publishableKey, {
    auth: { persistSession: false },
    global: { headers: { authorization: `Bearer ${await tokenOf(person)}` } },
  }).storage.from('artifacts');

// A machine without Python has no agent to test; where a change is decided there is one, and its absence is an error.
test('the agent is installed where it must be', () => {
  expect(agentIsInstalled || !process.env.CI).toBe(true);
});

(agentIsInstalled ? describe : describe.skip)('with the agent', () => {
  let agent: RunningAgent;
  let worker: { stop: (grace: number) => Promise<void> };
  beforeAll(async () => {
    agent = await startAgent(system.simulator.url);
    worker = await system.startWorker({ agent, artifactStore });
  }, 30_000);
  afterAll(async () => {
    await worker.stop(0);
    await agent.kill('SIGKILL');
  });

  test('an article goes from a keyphrase to files only its organisation can read, with its checks and its bill', async () => {
    const { body } = await client.submit(ada.orgId, { kind: 'seo.article', input });
    const events = await client.events(ada.orgId, body.id);
    expect(events.at(-1)).toMatchObject({ type: 'task.ended', data: { state: 'succeeded' } });
    const task = await client.task(ada.orgId, body.id);
    const output = task.output as {
      analysis: { score: number; checks: unknown[] };
      artifacts: Array<{ path: string; name: string }>;
      meta: { slug: string };
    };
    expect(output.analysis.checks.length).toBeGreaterThanOrEqual(10);
    expect(output.meta.slug).toContain('cold-brew');
    expect(output.artifacts.map(({ name }) => name)).toEqual(['article.md', 'article.html']);

    const hers = await (await storageOf(ada)).download(output.artifacts[0]?.path ?? '');
    expect(await hers.data?.text()).toMatch(/cold brew/i);
    const theirs = await (await storageOf(eve)).download(output.artifacts[0]?.path ?? '');
    expect(theirs.data).toBeNull();
    await expect(client.task(ada.orgId, body.id)).resolves.toMatchObject({ simulated: true });

    const { calls } = (await (await fetch(`${system.simulator.url}/_control/calls`)).json()) as {
      calls: Array<{
        request_id: string;
        billed: boolean;
        metadata: { user_id: string | null } | null;
      }>;
    };
    const billed = calls
      .filter(({ billed: was, metadata }) => was && metadata?.user_id === body.id)
      .map(({ request_id }) => request_id)
      .sort();
    const entries = await rowsOf(
      'select provider_request_id as id from usage_entries where task_id = $1 order by 1',
      body.id,
    );
    expect(entries.map(({ id }) => id)).toEqual(billed);
  }, 60_000);

  test('killing the agent in the middle resumes at the stage, and no finished stage is paid again', async () => {
    await pace(200);
    const { body } = await client.submit(ada.orgId, {
      kind: 'seo.article',
      input: { ...input, keyphrase: 'pour over kettle' },
    });
    await client.events(
      ada.orgId,
      body.id,
      0,
      (event) => event.type === 'step.completed' && event.data.step === 'outline',
    );
    await agent.kill('SIGKILL');
    await eventually('the attempt failed and the task waits', async () => {
      const task = await client.task(ada.orgId, body.id);
      return task.state === 'queued' && task.error !== null;
    });
    const paidBefore = await rowsOf(
      `select key from task_steps where task_id = $1 order by key`,
      body.id,
    );
    await pace(0);
    await agent.start();
    const events = await client.events(ada.orgId, body.id);
    expect(events.at(-1)).toMatchObject({ data: { state: 'succeeded' } });
    const replayed = events.flatMap((event) =>
      event.type === 'step.replayed' ? [event.data.step] : [],
    );
    expect(replayed).toEqual(expect.arrayContaining(paidBefore.map(({ key }) => key)));
    const twice = await rowsOf(
      `select step_key from llm_calls where task_id = $1 and state = 'completed' group by step_key having count(*) > 1`,
      body.id,
    );
    expect(twice).toEqual([]);
  }, 90_000);

  test('while the agent is away the task waits and says so, costs no attempt, and other kinds go on', async () => {
    await agent.kill('SIGKILL');
    const { body } = await client.submit(ada.orgId, { kind: 'seo.brief', input });
    const waiting = await client.events(
      ada.orgId,
      body.id,
      0,
      (event) => event.type === 'task.queued',
    );
    expect(waiting.at(-1)?.data).toEqual({ reason: 'waiting for the agent service' });
    expect(await client.task(ada.orgId, body.id)).toMatchObject({
      state: 'queued',
      attempt: 0,
      error: { code: 'agent_unavailable' },
    });
    const other = await client.submit(ada.orgId, {
      kind: 'assistant.prompt',
      input: { prompt: 'Still there?' },
    });
    expect((await client.events(ada.orgId, other.body.id)).at(-1)).toMatchObject({
      data: { state: 'succeeded' },
    });
    await agent.start();
    expect((await client.events(ada.orgId, body.id)).at(-1)).toMatchObject({
      data: { state: 'succeeded' },
    });
    expect(await client.task(ada.orgId, body.id)).toMatchObject({
      attempt: 1,
      error: null,
      output: { brief: expect.anything() },
    });
  }, 60_000);

  test('while Claude is left alone the agent asks it nothing, and its tasks lose no attempt', async () => {
    // Each first call fails: one that succeeds between them would keep the breaker closed.
    await fetch(`${system.simulator.url}/_control/faults`, {
      method: 'POST',
      body: JSON.stringify({ kind: 'status', status: 529, times: 6 }),
    });
    const ids: string[] = [];
    for (let n = 1; n <= 6; n++) {
      const { body } = await client.submit(ada.orgId, {
        kind: 'seo.brief',
        input: { ...input, keyphrase: `grinder number ${n}` },
      });
      ids.push(body.id);
    }
    const waiting = await eventually(
      'a brief waits for Claude',
      async () => {
        const rows = await rowsOf(
          `select id from tasks where org_id = $1 and state = 'queued' and error_code = 'provider_unavailable' limit 1`,
          ada.orgId,
        );
        return rows[0];
      },
      30_000,
    );
    const path = `/v1/orgs/${ada.orgId}/tasks/${waiting.id}/explanation`;
    expect((await client.call('GET', path)).body).toMatchObject({ reason: 'provider_unavailable' });
    for (const id of ids)
      expect((await client.events(ada.orgId, id)).at(-1)).toMatchObject({
        data: { state: 'succeeded' },
      });
    const gate = await rowsOf(
      'select opened_at from provider_gates where account = $1',
      'platform',
    );
    expect(gate).toEqual([{ opened_at: null }]);
  }, 90_000);

  test('calls of the agent count towards the limits that all workers share', async () => {
    await system.db.admin.query(
      `insert into provider_gates (account, requests_per_minute) values ('platform', 600)
       on conflict (account) do update set requests_per_minute = excluded.requests_per_minute, counted_at = default`,
    );
    const { body } = await client.submit(ada.orgId, { kind: 'seo.article', input });
    expect((await client.events(ada.orgId, body.id)).at(-1)).toMatchObject({
      data: { state: 'succeeded' },
    });
    const calls = await rowsOf('select id from llm_calls where task_id = $1', body.id);
    const counted = await rowsOf(
      'select isfinite(counted_at) as counted from provider_gates where account = $1',
      'platform',
    );
    await system.db.admin.query(`update provider_gates set requests_per_minute = null`);
    expect(calls.length).toBeGreaterThan(3);
    expect(counted).toEqual([{ counted: true }]);
  }, 60_000);
});

describe('the storage', () => {
  test('takes a file of a task under its own path only', async () => {
    const other = createArtifactStore({
      supabaseUrl,
      publishableKey,
      jwtSecret: 'another-secret-that-is-long-enough-to-sign',
    });
    await expect(
      other(
        { orgId: ada.orgId, taskId: ada.orgId, name: 'a.md' },
        'text/markdown',
        Buffer.from('x'),
      ),
    ).rejects.toMatchObject({ code: 'storage_refused' });
    const asEve = await storageOf(eve);
    const stolen = await asEve.upload(`${ada.orgId}/${ada.orgId}/a.md`, Buffer.from('x'));
    expect(stolen.error).not.toBeNull();
    const own = await asEve.upload(`${eve.orgId}/${eve.orgId}/a.md`, Buffer.from('x'));
    expect(own.error).not.toBeNull();
  });
});
