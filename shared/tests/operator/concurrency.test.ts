import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { changePlan } from '../../src/commands/operator/change-plan.ts';
import { liftConcurrency } from '../../src/commands/operator/lift-concurrency.ts';
import { setConcurrency } from '../../src/commands/operator/set-concurrency.ts';
import { submitTask } from '../../src/commands/submit-task.ts';
import { asActor, asSystem } from '../../src/db/doors.ts';
import { Listener } from '../../src/db/listener.ts';
import { explainTask } from '../../src/queries/explain-task.ts';
import { getConcurrencyOverride } from '../../src/queries/get-concurrency-override.ts';
import { listAudit } from '../../src/queries/list-audit.ts';
import { listAllOrganizations } from '../../src/queries/operator/list-all-organizations.ts';
import { listOperatorActions } from '../../src/queries/operator/list-operator-actions.ts';
import { eventually } from '../../src/testing/eventually.ts';
import { operatorContextOf, signUpOperator } from '../../src/testing/operators.ts';
import { contextOf, signUp, type TestPerson } from '../../src/testing/people.ts';
import { createTestDatabase, type TestDatabase } from '../../src/testing/test-database.ts';

const reason = 'a migration over the weekend';
let db: TestDatabase;
let ada: TestPerson;
let eve: TestPerson;
let operator: ReturnType<typeof operatorContextOf>;
const heard: string[] = [];
let listener: Listener;
beforeAll(async () => {
  db = await createTestDatabase();
  ada = await signUp(db, 'ada');
  eve = await signUp(db, 'eve');
  operator = operatorContextOf(db, await signUpOperator(db, 'olga'));
  listener = new Listener({
    url: db.url,
    name: 'test',
    on: { queues: (payload) => heard.push(payload) },
    onConnect: () => {},
    onError: () => {},
  });
  await listener.start();
});
afterAll(async () => {
  await listener.close();
  await db.close();
});

/** What workers read. */
const overrides = () =>
  asSystem(db.database, 'read overrides', async (tx) => {
    const { rows } = await tx.query('select org_id, concurrent_tasks from concurrency_overrides');
    return rows;
  });
const shown = async () => {
  const page = { beginning: ada.slug, after: null, limit: 1 };
  const { organizations } = await listAllOrganizations(db.database, operator.actor, page);
  return organizations[0]?.concurrency;
};
const heardOf = async (times: number) =>
  eventually(
    'workers heard of it',
    async () => heard.filter((payload) => payload === ada.orgId).length === times,
  );

test('a number set by an operator holds whichever plan comes, and workers, operators and people see it', async () => {
  await setConcurrency(operator, { orgId: ada.orgId, concurrentTasks: 17, reason });
  await heardOf(1);
  expect(await overrides()).toEqual([{ org_id: ada.orgId, concurrent_tasks: 17 }]);
  expect(await shown()).toMatchObject({ concurrentTasks: 17, by: 'olga', reason });
  await changePlan(operator, { orgId: ada.orgId, plan: 'pro', reason });
  expect(await getConcurrencyOverride(db.database, ada.actor, ada.orgId)).toEqual({
    concurrentTasks: 17,
    setAt: expect.any(String),
  });
  const { actions } = await listOperatorActions(db.database, operator.actor, {
    before: null,
    limit: 2,
  });
  expect(actions[1]).toMatchObject({ organization: ada.slug, target: '17', reason });
  const { entries } = await listAudit(db.database, ada.actor, ada.slug, { limit: 2 });
  expect(entries[1]).toMatchObject({
    actorType: 'operator',
    action: 'organization.concurrency_set',
    before: { concurrent_tasks: 5 },
    after: { concurrent_tasks: 17 },
  });
});

test('the explanation of a task counts by it and says whose number it is', async () => {
  await setConcurrency(operator, { orgId: ada.orgId, concurrentTasks: 1, reason });
  const submit = () =>
    submitTask(contextOf(db, ada), {
      kind: 'assistant.prompt',
      input: { prompt: 'Hello' },
      orgId: ada.orgId,
      idempotencyKey: null,
    });
  const [{ task: first }, { task: second }] = [await submit(), await submit()];
  await db.admin.query(`update tasks set state = 'running', started_at = now() where id = $1`, [
    first.id,
  ]);
  // It stands in for a worker that lives.
  const boss = Object.assign(Object.create(db.boss), {
    getInstances: async () => [{ live: true, stoppedOn: null }],
  });
  const explain = () => explainTask(db.database, boss, ada.actor, ada.orgId, second.id);
  const held = await explain();
  expect(held).toMatchObject({
    reason: 'concurrency',
    concurrency: { running: 1, limit: 1, overriddenAt: expect.any(String) },
  });
  expect(held.text).toContain('a number we set for your organisation');
  expect(held.text).not.toContain(reason);
  await liftConcurrency(operator, { orgId: ada.orgId, reason: 'it is over' });
  await heardOf(3);
  expect(await explain()).toMatchObject({ concurrency: { limit: 25, overriddenAt: null } });
  expect([await overrides(), await shown()]).toEqual([[], null]);
});

test.each([
  ['none at all', 'invalid_request', { concurrentTasks: 0 }],
  ['more than a thousand', 'invalid_request', { concurrentTasks: 1_001 }],
  ['half a task', 'invalid_request', { concurrentTasks: 2.5 }],
  ['no reason', 'invalid_request', { reason: ' ' }],
  ['no such organisation', 'not_found', { orgId: '019ab000-0000-7000-8000-000000000000' }],
])('%s is refused and changes nothing', async (_, code, change) => {
  const command = { orgId: ada.orgId, concurrentTasks: 3, reason, ...change };
  await expect(setConcurrency(operator, command)).rejects.toMatchObject({ code });
  expect(await overrides()).toEqual([]);
});

test('what holds already, and lifting nothing, is a conflict', async () => {
  const conflict = { code: 'conflict' };
  await expect(liftConcurrency(operator, { orgId: ada.orgId, reason })).rejects.toMatchObject(
    conflict,
  );
  const same = { orgId: ada.orgId, concurrentTasks: 4, reason };
  await setConcurrency(operator, same);
  await expect(setConcurrency(operator, same)).rejects.toMatchObject(conflict);
});

test('a thousand organisations have one at most', async () => {
  const client = await db.admin.connect();
  await client.query('begin');
  await client.query('set local session_replication_role = replica');
  await client.query(
    `insert into concurrency_overrides (org_id, concurrent_tasks, reason, set_by)
     select gen_random_uuid(), 7, 'test', gen_random_uuid() from generate_series(1, 999)`,
  );
  await client.query('commit');
  client.release();
  const command = { orgId: eve.orgId, concurrentTasks: 9, reason };
  await expect(setConcurrency(operator, command)).rejects.toMatchObject({ code: 'conflict' });
  await setConcurrency(operator, { ...command, orgId: ada.orgId });
  await db.admin.query(`delete from concurrency_overrides where reason = 'test'`);
  await setConcurrency(operator, { orgId: ada.orgId, concurrentTasks: 4, reason });
});

test('nobody but an operator sets, lifts or reads the reason of one, and strangers see none', async () => {
  const owner = operatorContextOf(db, ada);
  const refused = { code: 'not_found' };
  const command = { orgId: ada.orgId, concurrentTasks: 900, reason };
  await expect(setConcurrency(owner, command)).rejects.toMatchObject(refused);
  await expect(liftConcurrency(owner, command)).rejects.toMatchObject(refused);
  await expect(
    asActor(db.database, ada.actor, (tx) => tx.query('select reason from concurrency_overrides')),
  ).rejects.toMatchObject({ code: '42501' });
  expect(await getConcurrencyOverride(db.database, eve.actor, ada.orgId)).toBeNull();
  expect(await overrides()).toEqual([{ org_id: ada.orgId, concurrent_tasks: 4 }]);
});
