import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openIncident } from '../../src/commands/operator/open-incident.ts';
import { updateIncident } from '../../src/commands/operator/update-incident.ts';
import { readStatus } from '../../src/queries/status/read-status.ts';
import { operatorContextOf, signUpOperator } from '../../src/testing/operators.ts';
import { signUp } from '../../src/testing/people.ts';
import { createTestDatabase, type TestDatabase } from '../../src/testing/test-database.ts';

let db: TestDatabase;
let operator: ReturnType<typeof operatorContextOf>;
beforeAll(async () => {
  db = await createTestDatabase();
  operator = operatorContextOf(db, await signUpOperator(db, 'olga'));
});
afterAll(() => db.close());

test('an incident is public at once, goes on, and is closed once', async () => {
  const incidentId = await openIncident(operator, {
    title: 'Slow model',
    body: 'We look into it.',
  });
  expect((await readStatus(db.database)).openIncidents).toMatchObject([
    { id: incidentId, state: 'investigating', updates: [{ body: 'We look into it.' }] },
  ]);
  await updateIncident(operator, { incidentId, state: 'resolved', body: 'It is fast again.' });
  const status = await readStatus(db.database);
  expect(status.openIncidents).toEqual([]);
  expect(status.pastIncidents[0]?.updates.map(({ state }) => state)).toEqual([
    'resolved',
    'investigating',
  ]);
  await expect(
    updateIncident(operator, { incidentId, state: 'monitoring', body: 'Again?' }),
  ).rejects.toMatchObject({ code: 'not_found' });
  expect(JSON.stringify(status)).not.toContain(operator.actor.userId);
});

test('nobody but an operator tells of incidents, and not without words', async () => {
  const nosy = operatorContextOf(db, await signUp(db, 'nosy'));
  await expect(openIncident(nosy, { title: 'Fake', body: 'Not true.' })).rejects.toMatchObject({
    code: 'not_found',
  });
  await expect(openIncident(operator, { title: '', body: '' })).rejects.toMatchObject({
    code: 'invalid_request',
  });
});
