import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { changePlan } from '../../src/commands/operator/change-plan.ts';
import { getBudget } from '../../src/queries/get-budget.ts';
import { listAudit } from '../../src/queries/list-audit.ts';
import { findOrganization } from '../../src/queries/list-organizations.ts';
import { listAllOrganizations } from '../../src/queries/operator/list-all-organizations.ts';
import { listOperatorActions } from '../../src/queries/operator/list-operator-actions.ts';
import { operatorContextOf, signUpOperator } from '../../src/testing/operators.ts';
import { signUp, type TestPerson } from '../../src/testing/people.ts';
import { createTestDatabase, type TestDatabase } from '../../src/testing/test-database.ts';

const reason = 'they pay for it';
let db: TestDatabase;
let ada: TestPerson;
let operator: ReturnType<typeof operatorContextOf>;
beforeAll(async () => {
  db = await createTestDatabase();
  ada = await signUp(db, 'ada');
  operator = operatorContextOf(db, await signUpOperator(db, 'olga'));
});
afterAll(() => db.close());

const planOf = async () => (await findOrganization(db.database, ada.actor, ada.slug)).plan;

test('another plan holds at once, and both logs say so', async () => {
  const before = await getBudget(db.database, ada.actor, ada.orgId);
  await changePlan(operator, { orgId: ada.orgId, plan: 'pro', reason });
  expect(await planOf()).toBe('pro');
  const budget = await getBudget(db.database, ada.actor, ada.orgId);
  expect(budget.planLimitNanoUsd).toBeGreaterThan(before.planLimitNanoUsd);
  const { entries } = await listAudit(db.database, ada.actor, ada.slug, { limit: 1 });
  expect(entries[0]).toMatchObject({
    actorType: 'operator',
    action: 'organization.plan_changed',
    targetId: ada.orgId,
    before: { plan: 'free' },
    after: { plan: 'pro' },
  });
  const { actions } = await listOperatorActions(db.database, operator.actor, {
    before: null,
    limit: 1,
  });
  expect(actions[0]).toMatchObject({ organization: ada.slug, target: 'pro', reason });
});

test.each([
  ['the plan it has', 'conflict', { plan: 'pro' }],
  ['a plan that does not exist', 'invalid_request', { plan: 'free-beer' }],
  ['no reason', 'invalid_request', { plan: 'scale', reason: ' ' }],
  [
    'no such organisation',
    'not_found',
    { plan: 'scale', orgId: '019ab000-0000-7000-8000-000000000000' },
  ],
])('%s is refused and changes nothing', async (_, code, change) => {
  await expect(changePlan(operator, { orgId: ada.orgId, reason, ...change })).rejects.toMatchObject(
    { code },
  );
  expect(await planOf()).toBe('pro');
});

test('nobody but an operator changes a plan or lists organisations, an owner neither', async () => {
  const owner = operatorContextOf(db, ada);
  const refused = { code: 'not_found' };
  await expect(
    changePlan(owner, { orgId: ada.orgId, plan: 'scale', reason }),
  ).rejects.toMatchObject(refused);
  const page = { beginning: null, after: null, limit: 10 };
  await expect(listAllOrganizations(db.database, owner.actor, page)).rejects.toMatchObject(refused);
  expect(await planOf()).toBe('pro');
});

test('organisations are found by the beginning of their address, page by page', async () => {
  const found = await listAllOrganizations(db.database, operator.actor, {
    beginning: ada.slug.slice(0, 4),
    after: null,
    limit: 1,
  });
  expect(found.organizations.map(({ slug }) => slug)).toEqual([ada.slug]);
  const first = await listAllOrganizations(db.database, operator.actor, {
    beginning: null,
    after: null,
    limit: 1,
  });
  const second = await listAllOrganizations(db.database, operator.actor, {
    beginning: null,
    after: first.next,
    limit: 1,
  });
  expect(second.organizations[0]?.slug).not.toBe(first.organizations[0]?.slug);
});
