import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { cancelTask } from '../src/commands/cancel-task.ts';
import { debounceTask } from '../src/commands/debounce-task.ts';
import { retryTask } from '../src/commands/retry-task.ts';
import { setBudget } from '../src/commands/set-budget.ts';
import { submitTask } from '../src/commands/submit-task.ts';
import { newId } from '../src/ids.ts';
import { exportUsage } from '../src/queries/export-usage.ts';
import { getBudget } from '../src/queries/get-budget.ts';
import { reportUsage } from '../src/queries/report-usage.ts';
import { contextOf, join, signUp, type TestPerson } from '../src/testing/people.ts';
import { createTestDatabase, type TestDatabase } from '../src/testing/test-database.ts';

const dollar = 1_000_000_000;
let db: TestDatabase;
let owner: TestPerson;
let member: TestPerson;
let stranger: TestPerson;

beforeAll(async () => {
  db = await createTestDatabase();
  stranger = await signUp(db, 'stranger');
});
afterAll(() => db.close());
// A new organisation each time: what one has left must not depend on another test.
beforeEach(async () => {
  owner = await signUp(db, `owner-${newId().slice(-8)}`);
  member = await signUp(db, `member-${newId().slice(-8)}`);
  await join(db, member, owner.orgId, 'member');
});

const submit = (idempotencyKey: string | null = null) =>
  submitTask(contextOf(db, member), {
    kind: 'assistant.prompt',
    input: { prompt: 'What is a queue?' },
    orgId: owner.orgId,
    idempotencyKey,
  });
const limit = (monthlyLimitNanoUsd: number, alertPercents = [50, 80, 100]) =>
  setBudget(contextOf(db, owner), { orgId: owner.orgId, monthlyLimitNanoUsd, alertPercents });
const budget = () => getBudget(db.database, owner.actor, owner.orgId);

/** What one task reserves: its usual answer and its prompt at list price. */
async function reservation(): Promise<number> {
  const { task } = await submit();
  const { reservedNanoUsd } = await budget();
  await cancelTask(contextOf(db, member), { orgId: owner.orgId, taskId: task.id });
  return reservedNanoUsd;
}

async function spend(person: TestPerson, costNanoUsd: number, daysAgo = 0): Promise<void> {
  const { task } = await submit();
  const call = newId();
  await db.admin.query(
    `insert into llm_calls (org_id, id, task_id, attempt, step_key, model) values ($1, $2, $3, 1, 'answer', 'claude-sonnet-5-5')`,
    [owner.orgId, call, task.id],
  );
  await db.admin.query(
    `insert into usage_entries (org_id, id, task_id, llm_call_id, provider_request_id, user_id, kind, model, input_tokens,
       cache_read_tokens, cache_write_tokens, output_tokens, cost_nano_usd, simulated, created_at)
     values ($1, $2, $3, $4, $5, $6, 'assistant.prompt', 'claude-sonnet-5-5', 10, 0, 0, 20, $7, true, now() - make_interval(days => $8))`,
    [owner.orgId, newId(), task.id, call, call, person.actor.userId, costNanoUsd, daysAgo],
  );
  await cancelTask(contextOf(db, member), { orgId: owner.orgId, taskId: task.id });
}

describe('a budget', () => {
  test('is the plan’s until the organisation sets its own', async () => {
    const before = await budget();
    expect(before).toMatchObject({ monthlyLimitNanoUsd: 20 * dollar, spentNanoUsd: 0 });
    await limit(3 * dollar, [90, 10, 90]);
    expect(await budget()).toMatchObject({
      monthlyLimitNanoUsd: 3 * dollar,
      planLimitNanoUsd: 20 * dollar,
      alertPercents: [10, 90],
    });
  });

  test('can’t exceed the plan, and is set by admins only', async () => {
    await expect(limit(21 * dollar)).rejects.toMatchObject({ code: 'invalid_request' });
    const asMember = setBudget(contextOf(db, member), {
      orgId: owner.orgId,
      monthlyLimitNanoUsd: dollar,
      alertPercents: [],
    });
    await expect(asMember).rejects.toMatchObject({ code: 'forbidden' });
    const asStranger = setBudget(contextOf(db, stranger), {
      orgId: owner.orgId,
      monthlyLimitNanoUsd: dollar,
      alertPercents: [],
    });
    await expect(asStranger).rejects.toMatchObject({ code: 'not_found' });
    expect((await budget()).monthlyLimitNanoUsd).toBe(20 * dollar);
  });

  test('is reserved by an open task and given back when it ends', async () => {
    const { task } = await submit();
    expect((await budget()).reservedNanoUsd).toBeGreaterThan(0.01 * dollar);
    await cancelTask(contextOf(db, member), { orgId: owner.orgId, taskId: task.id });
    expect((await budget()).reservedNanoUsd).toBe(0);
  });

  test('that has no room refuses a task, saying how much is left, and writes nothing', async () => {
    await limit(Math.round((await reservation()) * 1.5));
    await submit();
    const count = async () =>
      (
        await db.admin.query('select count(*)::int as n from tasks where org_id = $1', [
          owner.orgId,
        ])
      ).rows[0].n;
    const before = await count();
    await expect(submit()).rejects.toMatchObject({
      code: 'budget_exceeded',
      status: 402,
      message: expect.stringMatching(/would set aside \$0\.\d+; \$0\.\d+ of this month's/),
    });
    expect(await count()).toBe(before);
  });

  test('counts what was spent this month and not before', async () => {
    await spend(owner, 2 * dollar);
    await spend(owner, 7 * dollar, 40);
    expect((await budget()).spentNanoUsd).toBe(2 * dollar);
    await limit(2 * dollar);
    await expect(submit()).rejects.toMatchObject({ code: 'budget_exceeded' });
  });

  test('with room for three admits three of ten submitted at the same moment', async () => {
    await limit(Math.round((await reservation()) * 3.5));
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => submit()));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    const budgetNow = await budget();
    expect(budgetNow.reservedNanoUsd).toBeLessThanOrEqual(budgetNow.monthlyLimitNanoUsd);
  });

  test('that is used up still gives the first answer to a repeated key', async () => {
    const key = newId();
    const { task } = await submit(key);
    await limit(0);
    expect(await submit(key)).toMatchObject({ created: false, task: { id: task.id } });
  });

  test('that is used up refuses to run a task again', async () => {
    const { task } = await submit();
    await cancelTask(contextOf(db, member), { orgId: owner.orgId, taskId: task.id });
    await limit(0);
    await expect(
      retryTask(contextOf(db, member), { orgId: owner.orgId, taskId: task.id }),
    ).rejects.toMatchObject({ code: 'budget_exceeded' });
  });
});

describe('usage', () => {
  test('is added up by day, person, kind and model, with the names of people', async () => {
    await spend(owner, 2 * dollar);
    await spend(member, 3 * dollar);
    const report = (by: 'day' | 'person' | 'kind' | 'model') =>
      reportUsage(db.database, owner.actor, owner.orgId, { by });
    expect(await report('person')).toMatchObject({
      total: { calls: 2, costNanoUsd: 5 * dollar, outputTokens: 40 },
      rows: [
        {
          key: member.actor.userId,
          name: expect.stringContaining('member'),
          costNanoUsd: 3 * dollar,
        },
        { key: owner.actor.userId, costNanoUsd: 2 * dollar },
      ],
    });
    expect((await report('day')).rows).toMatchObject([{ costNanoUsd: 5 * dollar }]);
    expect((await report('kind')).rows).toMatchObject([{ key: 'assistant.prompt', calls: 2 }]);
    expect((await report('model')).rows).toMatchObject([{ key: 'claude-sonnet-5-5' }]);
    const file = await exportUsage(db.database, owner.actor, owner.orgId, {});
    expect(file.trim().split('\r\n')).toHaveLength(3);
  });

  test('counts each day once, rolled up or not', async () => {
    await spend(owner, 1 * dollar, 0);
    await spend(owner, 2 * dollar, 1);
    await spend(owner, 4 * dollar, 5);
    await db.admin.query(
      `insert into usage_days (org_id, day, kind, model, simulated, user_id, calls, input_tokens, cache_read_tokens,
         cache_write_tokens, output_tokens, cost_nano_usd)
       select org_id, (created_at at time zone 'UTC')::date, kind, model, simulated, user_id, 1, 0, 0, 0, 0, cost_nano_usd
       from usage_entries where org_id = $1`,
      [owner.orgId],
    );
    const day = (daysAgo: number) =>
      new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10);
    const report = await reportUsage(db.database, owner.actor, owner.orgId, {
      by: 'day',
      from: day(10),
      to: day(0),
    });
    expect(report.rows.map(({ key, costNanoUsd }) => [key, costNanoUsd / dollar])).toEqual([
      [day(5), 4],
      [day(1), 2],
      [day(0), 1],
    ]);
  });

  test.each([
    { from: '2026-02-30' },
    { from: '2026-02-02', to: '2026-02-01' },
    { from: '2020-01-01', to: '2026-01-01' },
  ])('refuses a range that makes no sense: %o', async (range) => {
    await expect(async () =>
      reportUsage(db.database, owner.actor, owner.orgId, { by: 'day', ...range }),
    ).rejects.toThrow();
  });

  test('of another organisation is nothing', async () => {
    await spend(owner, 2 * dollar);
    const seen = await reportUsage(db.database, stranger.actor, owner.orgId, { by: 'day' });
    expect(seen).toMatchObject({ rows: [], total: { calls: 0 } });
    await expect(getBudget(db.database, stranger.actor, owner.orgId)).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('a task that waits for others of its key', () => {
  const said = (prompt: string) =>
    debounceTask(contextOf(db, member), {
      kind: 'assistant.prompt',
      input: { prompt },
      orgId: owner.orgId,
      debounce: { key: 'page', seconds: 600 },
    });
  const reserved = async () => (await budget()).reservedNanoUsd;

  test('sets aside what its latest input takes', async () => {
    await said('short');
    const short = await reserved();
    await said('long '.repeat(1_000));
    expect(await reserved()).toBeGreaterThan(short);
    await said('short');
    expect(await reserved()).toBe(short);
  });

  test('keeps its input when the budget has no room for a longer one, and takes a shorter one', async () => {
    const { task } = await said('not short');
    await limit(await reserved());
    await expect(said('long '.repeat(1_000))).rejects.toMatchObject({ code: 'budget_exceeded' });
    const inputOf = async () =>
      (await db.admin.query('select input from tasks where id = $1', [task.id])).rows[0].input;
    expect(await inputOf()).toEqual({ prompt: 'not short' });
    await limit(1);
    await said('short');
    expect(await inputOf()).toEqual({ prompt: 'short' });
  });
});
