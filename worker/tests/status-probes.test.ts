import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pauseQueue } from '@devsphere/shared/commands/operator/pause-queue.ts';
import { resumeQueue } from '@devsphere/shared/commands/operator/resume-queue.ts';
import { asActor } from '@devsphere/shared/db/doors.ts';
import { readStatus } from '@devsphere/shared/queries/status/read-status.ts';
import { operatorContextOf, signUpOperator } from '@devsphere/shared/testing/operators.ts';
import { createTestDatabase, type TestDatabase } from '@devsphere/shared/testing/test-database.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { httpProbe } from '../src/upkeep/probes/http-probe.ts';
import type { Probe } from '../src/upkeep/probes/probe.ts';
import { probeList } from '../src/upkeep/probes/probe-list.ts';
import { statusProbes } from '../src/upkeep/probes/run-probes.ts';

let db: TestDatabase;
let server: Server;
let url: string;
let answer = 200;

beforeAll(async () => {
  db = await createTestDatabase();
  server = createServer((_, response) => response.writeHead(answer).end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.close();
  await db.close();
});
beforeEach(async () => {
  answer = 200;
  await db.admin.query('delete from status_samples');
});

const probe = (probes: Probe[]) => statusProbes(db.database, probes).runOnce();
const stateOf = async (component: string) => {
  const found = (await readStatus(db.database)).components.find(({ id }) => id === component);
  return { state: found?.state, detail: found?.detail };
};
const allWell: Probe[] = [
  'web',
  'api',
  'database',
  'queue',
  'workers',
  'claude',
  'agent',
  'scheduler',
  'storage',
].map((component) => ({
  component: component as Probe['component'],
  look: async () => ({ state: 'operational', detail: 'Answers.' }),
}));

describe('a probe over HTTP', () => {
  const agent = () => httpProbe({ component: 'agent', url });

  test('tells well from failing from gone', async () => {
    await probe([agent()]);
    expect(await stateOf('agent')).toEqual({ state: 'operational', detail: 'Answers.' });
    answer = 503;
    await probe([agent()]);
    expect(await stateOf('agent')).toMatchObject({ state: 'outage' });
    await probe([httpProbe({ component: 'agent', url: 'http://127.0.0.1:9' })]);
    expect(await stateOf('agent')).toEqual({ state: 'outage', detail: 'Does not answer.' });
  });
});

describe('probes of the inside', () => {
  test('see the database, the queue and schedules, and a held queue as trouble', async () => {
    const inner = probeList(db.database, db.boss, {});
    await probe(inner);
    for (const component of ['database', 'queue', 'scheduler'])
      expect({ component, ...(await stateOf(component)) }).toMatchObject({
        component,
        state: 'operational',
      });
    const operator = operatorContextOf(db, await signUpOperator(db, 'olga'));
    await pauseQueue(operator, { queue: 'tasks.claude', reason: 'maintenance' });
    await probe(inner);
    expect(await stateOf('queue')).toMatchObject({ state: 'degraded' });
    await resumeQueue(operator, { queue: 'tasks.claude', reason: 'done' });
  });
});

describe('"All systems operational"', () => {
  const title = async () => (await readStatus(db.database)).verdict.title;

  test('is said only while every component has a fresh sample that agrees', async () => {
    expect(await title()).toBe('No data');
    await probe(allWell.slice(1));
    expect(await title()).toBe('No data: Web application');
    await probe(allWell);
    expect(await title()).toBe('All systems operational');
    await db.admin.query(
      `update status_samples set at = at - interval '46 seconds' where component = 'storage'`,
    );
    expect(await title()).toBe('No data: Storage');
  });

  test('ends with the first probe that disagrees, naming the component', async () => {
    await probe(allWell);
    await probe([httpProbe({ component: 'agent', url: 'http://127.0.0.1:9' })]);
    const { verdict } = await readStatus(db.database);
    expect(verdict).toEqual({ level: 'trouble', title: 'Not available: Agent service' });
  });
});

test('days count every sample, whatever became of the samples themselves', async () => {
  await db.admin.query('delete from status_days');
  await probe(allWell);
  await probe([httpProbe({ component: 'agent', url: 'http://127.0.0.1:9' })]);
  const { components } = await readStatus(db.database);
  expect(components.find(({ id }) => id === 'agent')?.days).toMatchObject([
    { operational: 1, degraded: 0, outage: 1 },
  ]);
});

test('visitors read the page and nothing else, and write nothing', async () => {
  const visit = (statement: string) =>
    asActor(db.database, { type: 'visitor' }, (tx) => tx.query(statement));
  for (const statement of [
    'select created_by from incidents',
    'select 1 from tasks',
    'select 1 from platform_operators',
    `insert into status_samples (component, state, latency_ms, detail) values ('web', 'operational', 1, 'x')`,
    'delete from status_days',
  ])
    await expect(visit(statement)).rejects.toMatchObject({ code: '42501' });
});
