import { randomUUID } from 'node:crypto';
import { apiKeyScopeNames } from '../../contracts/http/api-key-scopes.ts';
import { join, signUp } from '../people.ts';
import type { TestDatabase } from '../test-database.ts';
import type { Filled } from './fill.ts';

/** Somebody, or something, that can reach the database: its role and its transaction's claims. */
export type Subject = {
  name: string;
  role: string;
  claims: string;
  /** Whom it would write as. */
  as: { userId: string | null; keyId: string | null; actorType: string };
  /** Works across organisations by design: what it sees beyond one is listed, not forbidden. */
  isPlatform: boolean;
  /** A token that a worker makes for one thing to do with files. */
  isForFiles?: boolean;
};

/** Everybody of the isolation matrix, all of them strangers to the second organisation. */
export async function makeSubjects(test: TestDatabase, own: Filled): Promise<Subject[]> {
  const person = async (name: string, role?: 'viewer' | 'member' | 'admin' | 'owner') => {
    const made = await signUp(test, name);
    if (role) await join(test, made, own.orgId, role);
    return made.actor.userId;
  };
  const claimed = (sub: string, extra: object = {}) =>
    JSON.stringify({ sub, role: 'authenticated', ...extra });
  const subjects: Subject[] = [];
  const add = (
    name: string,
    role: string,
    claims: string,
    as: Partial<Subject['as']> = {},
    isPlatform = false,
  ) =>
    subjects.push({
      name,
      role,
      claims,
      as: { userId: null, keyId: null, actorType: 'person', ...as },
      isPlatform,
    });

  for (const role of ['viewer', 'member', 'admin', 'owner'] as const) {
    const userId = await person(role, role);
    add(`${role} by command`, 'devsphere_member', claimed(userId), { userId });
    add(`${role} by Data API`, 'authenticated', claimed(userId), { userId });
  }
  const removed = await person('removed', 'owner');
  await test.admin.query('delete from memberships where org_id = $1 and user_id = $2', [
    own.orgId,
    removed,
  ]);
  const spoofing = claimed(await person('spoofer'), {
    org_id: own.orgId,
    user_metadata: { role: 'owner', org_id: own.orgId },
    app_metadata: { role: 'service_role', orgs: [own.orgId] },
  });
  for (const role of ['devsphere_member', 'authenticated']) {
    const how = role === 'authenticated' ? 'Data API' : 'command';
    add(`stranger by ${how}`, role, claimed(await person('stranger')));
    add(`invited by ${how}`, role, claimed(await person('invited')));
    add(`removed member by ${how}`, role, claimed(removed), { userId: removed });
    add(`spoofed metadata by ${how}`, role, spoofing);
    add(`no claims by ${how}`, role, '');
    add(`empty claims by ${how}`, role, '{}');
    add(`malformed claims by ${how}`, role, '{"sub": ');
    add(`nobody's id by ${how}`, role, claimed(randomUUID()));
  }
  add('visitor', 'anon', '{"role": "anon"}');

  for (const scope of apiKeyScopeNames) {
    const keyId = await addKey(test, own, [scope]);
    add(`key with ${scope}`, 'devsphere_api_key', keyClaims(own.orgId, keyId), key(keyId));
  }
  const all = [...apiKeyScopeNames];
  for (const [name, change] of [
    ['revoked', `revoked_at = now(), revoked_by = created_by`],
    ['expired', `expires_at = now() - interval '1 second'`],
    ['replaced', `overlap_ends_at = now() - interval '1 second', replaced_by = id`],
  ] as const) {
    const keyId = await addKey(test, own, all);
    await test.admin.query(`update api_keys set ${change} where id = $1`, [keyId]);
    add(`${name} key`, 'devsphere_api_key', keyClaims(own.orgId, keyId), key(keyId));
  }
  add('unknown key', 'devsphere_api_key', '{}', key(randomUUID()));

  const taskClaims = { org_id: own.orgId, task_ids: `{${own.rowId}}` };
  const task = { actorType: 'task', userId: own.rowId };
  add('a task', 'devsphere_task', JSON.stringify(taskClaims), task);
  add(
    'a task among others',
    'devsphere_task',
    JSON.stringify({ ...taskClaims, task_ids: `{${randomUUID()},${own.rowId}}` }),
    task,
  );
  add(
    'another task',
    'devsphere_task',
    JSON.stringify({ ...taskClaims, task_ids: `{${randomUUID()},${randomUUID()}}` }),
    task,
  );
  add('a task without claims', 'devsphere_task', '', task);
  add('an outgoing worker', 'devsphere_outgoing', JSON.stringify({ org_id: own.orgId }), {
    actorType: 'system',
  });
  add('an outgoing worker without claims', 'devsphere_outgoing', '');

  for (const [name, claims] of Object.entries({
    'a task with files': { devsphere_task: { org_id: own.orgId, task_id: own.rowId } },
    'a program with a file': { devsphere_file: { path: `${own.orgId}/${own.rowId}/file.txt` } },
    'an export with its file': { devsphere_export: { path: `canary-${own.orgId}` } },
    'a purge of files': { devsphere_purge: { prefix: own.orgId } },
  })) {
    add(name, 'authenticated', claimed(randomUUID(), claims));
    Object.assign(subjects.at(-1) ?? {}, { isForFiles: true });
  }

  const operator = await person('operator');
  await test.admin.query('insert into platform_operators (user_id) values ($1)', [operator]);
  add(
    'operator',
    'devsphere_operator',
    claimed(operator),
    { userId: operator, actorType: 'operator' },
    true,
  );
  add('owner as operator', 'devsphere_operator', claimed(await person('pretender', 'owner')));
  add('the system', 'devsphere_system', '{"reason": "matrix"}', { actorType: 'system' }, true);
  add('the queue', 'devsphere_queue', '');
  return subjects;
}

const key = (keyId: string) => ({ keyId, actorType: 'api_key' });
const keyClaims = (orgId: string, keyId: string) =>
  JSON.stringify({ org_id: orgId, key_id: keyId });

async function addKey(test: TestDatabase, own: Filled, scopes: string[]): Promise<string> {
  const id = randomUUID();
  await test.admin.query(
    `insert into api_keys (org_id, id, name, prefix, secret_hash, scopes, created_by) values ($1, $2::uuid, $2::text, 'x', $2::text, $3, $4)`,
    [own.orgId, id, scopes, own.owner.actor.userId],
  );
  return id;
}
