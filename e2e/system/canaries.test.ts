import { signUp, type TestPerson, tokenOf } from '@devsphere/shared/testing/people.ts';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { createClaudeClient } from '../../worker/src/claude/client.ts';
import { ApiClient } from './client.ts';
import { type System, startSystem } from './start-system.ts';

let system: System;
let ada: TestPerson;
let eve: ApiClient;

beforeEach(async () => {
  system = await startSystem();
  ada = await signUp(system.db, 'ada');
  await new ApiClient(system.api.url, await tokenOf(ada)).submit(ada.orgId, {
    kind: 'assistant.prompt',
    input: { prompt: 'Hello' },
  });
  eve = new ApiClient(system.api.url, await tokenOf(await signUp(system.db, 'eve')));
});

describe('a run of tests fails at its end', () => {
  test('not when everybody got their own', async () => {
    await eve.call('GET', `/v1/orgs/${ada.orgId}/tasks`);
    await system.stop();
  });

  test('when somebody was sent what is another organisation’s', async () => {
    await system.db.admin.query(`
      create policy leak on organizations for select to authenticated using (true);
      create policy leak on tasks for select to authenticated using (true);`);
    const { body } = await eve.call('GET', `/v1/orgs/${ada.orgId}/tasks`);
    expect(JSON.stringify(body)).toContain('canary-');
    await expect(system.stop()).rejects.toThrow(/told .* of canary-/);
  });

  test('when a job carries what it is about', async () => {
    await system.db.admin.query(
      `update pgboss.job set data = data || jsonb_build_object('title', (select title from tasks limit 1))`,
    );
    await expect(system.stop()).rejects.toThrow(/a job has canary-/);
  });

  test('when a model is asked for one organisation in the words of another', async () => {
    const { rows } = await system.db.admin.query(
      `select id, (select mark from canary.organizations o where o.org_id <> t.org_id limit 1) from tasks t`,
    );
    await createClaudeClient({ apiKey: 'test', baseUrl: system.simulator.url }).messages.create({
      model: 'claude-haiku-5-5',
      max_tokens: 100,
      messages: [{ role: 'user', content: `Say ${rows[0].mark}` }],
      metadata: { user_id: rows[0].id },
    });
    await expect(system.stop()).rejects.toThrow(/the model was asked .* with canary-/);
  });

  test('when a log has a secret', async () => {
    system.log.info({ note: `whsec_${'x'.repeat(32)}` }, 'careless');
    await expect(system.stop()).rejects.toThrow(/a log has whsec_/);
  });
});
