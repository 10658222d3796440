import { createServer, type Server } from 'node:http';
import { signUp, type TestPerson, tokenOf } from '@devsphere/shared/testing/people.ts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ApiClient } from './client.ts';
import { type System, startSystem } from './start-system.ts';

const input = { keyphrase: 'cold brew coffee', word_target: 300 };
let system: System;
let ada: TestPerson;
let client: ApiClient;

beforeAll(async () => {
  system = await startSystem();
  ada = await signUp(system.db, 'ada');
  client = new ApiClient(system.api.url, await tokenOf(ada));
});
afterAll(() => system.stop());

const rowsOf = async (sql: string, taskId: string) =>
  (await system.db.admin.query(sql, [taskId])).rows;

describe('an agent that talks nonsense', () => {
  let server: Server;
  let answer = '';
  let worker: { stop: (grace: number) => Promise<void> };
  beforeAll(async () => {
    server = createServer((request, response) => {
      if (request.url === '/health') return response.end('{}');
      response.setHeader('content-type', 'application/x-ndjson').end(answer);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    worker = await system.startWorker({
      agent: { url: `http://127.0.0.1:${port}`, token: 'x'.repeat(32) },
    });
  });
  afterAll(async () => {
    await worker.stop(0);
    await new Promise((resolve) => server.close(resolve));
  });

  test.each([
    ['is not JSON', 'hello\n'],
    ['has the wrong shape', '{"type":"result","output":{"kind":"seo.brief","brief":{}}}\n'],
    ['wants to be asked again for nothing', '{"type":"unfinished"}\n'],
    ['ends a stage that never began', '{"type":"stage.completed","stage":"brief","output":{}}\n'],
    [
      'gives an article for a brief',
      '{"type":"stage.started","stage":"analysis"}\n{"type":"call","stage":"brief","outcome":"unknown","provider_request_id":null,"message_id":null,"model":"m","usage":null,"stop_reason":null,"simulated":true}\n',
    ],
  ])(
    'in a way that %s fails the attempt clearly, stores no step and is asked again',
    async (_name, text) => {
      answer = text;
      const { body } = await client.submit(ada.orgId, { kind: 'seo.brief', input });
      const seen = await client.events(
        ada.orgId,
        body.id,
        0,
        ({ type }) => type === 'attempt.failed',
      );
      expect(seen.at(-1)?.data).toMatchObject({
        attempt: 1,
        error: { code: 'agent_wrong_answer', class: 'retry' },
      });
      expect(await rowsOf('select 1 from task_steps where task_id = $1', body.id)).toEqual([]);
      await client.call('POST', `/v1/orgs/${ada.orgId}/tasks/${body.id}/cancellation`);
    },
    30_000,
  );
});

describe('bad input', () => {
  test.each([
    ['an empty keyphrase', { keyphrase: '  ' }, 'input.keyphrase'],
    ['a huge keyphrase', { keyphrase: 'x'.repeat(81) }, 'input.keyphrase'],
    ['a keyphrase of signs', { keyphrase: '!!!' }, 'input.keyphrase'],
    ['a novel', { ...input, word_target: 100_000 }, 'input.word_target'],
  ])('%s is refused at the door', async (_name, bad, field) => {
    const { status, body } = await client.call('POST', `/v1/orgs/${ada.orgId}/tasks`, {
      kind: 'seo.article',
      input: bad,
    });
    expect(status).toBe(400);
    expect((body.errors as Array<{ field: string }>)[0]?.field).toBe(field);
  });
});
