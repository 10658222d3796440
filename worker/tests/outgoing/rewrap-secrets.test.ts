import { open, seal } from '@devsphere/shared/crypto/sealed-secret.ts';
import {
  generateSealingPair,
  readOpeningKeys,
  readSealingKey,
} from '@devsphere/shared/crypto/sealing-keys.ts';
import { asSystem } from '@devsphere/shared/db/doors.ts';
import { newId } from '@devsphere/shared/ids.ts';
import { signUp } from '@devsphere/shared/testing/people.ts';
import { createTestDatabase, type TestDatabase } from '@devsphere/shared/testing/test-database.ts';
import { testSealing } from '@devsphere/shared/testing/test-sealing.ts';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { rewrapSecrets } from '../../src/upkeep/rewrap-secrets.ts';

let db: TestDatabase;
const next = generateSealingPair();
const nextKeys = readOpeningKeys(next.privateKey);
const places: Array<{ orgId: string; id: string; kind: string }> = [];

beforeAll(async () => {
  db = await createTestDatabase();
  for (const name of ['ada', 'eve', 'bob']) {
    const { orgId, actor } = await signUp(db, name);
    const endpointId = newId();
    await db.admin.query(
      `insert into webhook_endpoints (org_id, id, url, events, created_by) values ($1, $2, 'https://example.com', '{task.failed}', $3)`,
      [orgId, endpointId, actor.userId],
    );
    for (const kind of ['anthropic', 'webhook']) {
      const place = { orgId, id: newId(), kind };
      const sealed = seal(testSealing.sealingKey(), place, `secret of ${name}`);
      const values = [orgId, place.id, sealed.keyId, sealed.wrappedKey, sealed.ciphertext];
      if (kind === 'webhook')
        await db.admin.query(
          `insert into webhook_secrets (org_id, id, key_id, wrapped_key, ciphertext, endpoint_id) values ($1, $2, $3, $4, $5, $6)`,
          [...values, endpointId],
        );
      else
        await db.admin.query(
          `insert into integrations (org_id, id, key_id, wrapped_key, ciphertext, kind, hint, connected_by) values ($1, $2, $3, $4, $5, $6, 'h', $7)`,
          [...values, kind, actor.userId],
        );
      places.push(place);
    }
  }
});
afterAll(() => db.close());

test('every data key is wrapped again under the newest key, in batches, and the older key is not needed any more', async () => {
  const both = [...nextKeys, ...testSealing.openingKeys()];
  const job = rewrapSecrets(db.database, both, { everySeconds: 60, rowsPerBatch: 2 });
  expect(await job.runOnce()).toEqual({ wrapped: 6, unopened: 0 });
  expect(await job.runOnce()).toEqual({ wrapped: 0, unopened: 0 });
  const newest = readSealingKey(next.publicKey).id;
  for (const place of places) {
    const table = place.kind === 'webhook' ? 'webhook_secrets' : 'integrations';
    const { rows } = await db.admin.query(`select * from ${table} where id = $1`, [place.id]);
    const { key_id: keyId, wrapped_key: wrappedKey, ciphertext } = rows[0];
    expect(keyId).toBe(newest);
    expect(open(nextKeys, place, { keyId, wrappedKey, ciphertext })).toMatch(/^secret of /);
  }
});

test('what no key here opens is left and counted, and the role that wraps sees no ciphertext', async () => {
  const others = readOpeningKeys(generateSealingPair().privateKey);
  const job = rewrapSecrets(db.database, others, { everySeconds: 60, rowsPerBatch: 2 });
  expect(await job.runOnce()).toEqual({ wrapped: 0, unopened: 6 });
  for (const table of ['integrations', 'webhook_secrets'])
    await expect(
      asSystem(db.database, 'try', (tx) => tx.query(`select ciphertext from ${table}`)),
    ).rejects.toMatchObject({ code: '42501' });
});
