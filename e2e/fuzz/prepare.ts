import { createApiKey } from '@devsphere/shared/commands/create-api-key.ts';
import { createSchedule } from '@devsphere/shared/commands/create-schedule.ts';
import { submitTask } from '@devsphere/shared/commands/submit-task.ts';
import { apiKeyScopeNames } from '@devsphere/shared/contracts/http/api-key-scopes.ts';
import {
  contextOf,
  join,
  signUp,
  type TestPerson,
  tokenOf,
} from '@devsphere/shared/testing/people.ts';
import type { System } from '../system/start-system.ts';
import type { Document } from './operations.ts';
import type { Surroundings } from './request-of.ts';
import { send } from './send.ts';

/** What collections are given that no fixture fills: whatever else can be listed is found by its list. */
const examples: Record<string, unknown> = {
  invitations: { email: 'somebody@example.test', role: 'viewer' },
  webhooks: { url: 'https://example.com/hook', events: ['task.succeeded'] },
  exports: {},
};

/** An organisation with something of everything, seen by an owner, a viewer, a stranger and a program. */
export async function prepare(
  { db, api }: System,
  { operations }: Document,
): Promise<Surroundings & { owner: TestPerson; refill: () => Promise<void> }> {
  const owner = await signUp(db, 'owner');
  const stranger = await signUp(db, 'stranger');
  const viewer = await signUp(db, 'viewer');
  const context = contextOf(db, owner);
  const { orgId } = owner;
  const { token: program, apiKey } = await createApiKey(context, {
    orgId,
    name: 'program',
    scopes: apiKeyScopeNames,
    idempotencyKey: null,
  });
  const ownerToken = await tokenOf(owner);
  const ids: Surroundings['ids'] = {};
  const input = { prompt: 'Hello' };
  const submit = async (when: { runAt?: string } = {}) => {
    const wanted = { orgId, kind: 'assistant.prompt', input, idempotencyKey: null, ...when };
    return (await submitTask(context, wanted)).task.id;
  };
  const refill = async () => {
    // What was tried before may have changed who belongs here as what, what the organisation is called and may spend.
    await join(db, owner, orgId, 'owner');
    await join(db, viewer, orgId, 'viewer');
    await db.admin.query(`update organizations set slug = $2, plan = 'scale' where org_id = $1`, [
      orgId,
      owner.slug,
    ]);
    await db.admin.query('delete from budgets where org_id = $1', [orgId]);
    await db.admin.query(
      'update api_keys set revoked_at = now(), revoked_by = created_by where org_id = $1 and id <> $2 and revoked_at is null',
      [orgId, apiKey.id],
    );
    await db.admin.query('update tasks set reserved_nano_usd = 0 where org_id = $1', [orgId]);
    const waiting = await submit();
    const approval = await askSomebody(db, waiting);
    const later = await submit({ runAt: new Date(Date.now() + 3_600_000).toISOString() });
    await submit();
    await createSchedule(context, {
      orgId,
      name: 'n',
      kind: 'assistant.prompt',
      input,
      cron: '0 9 * * *',
      timeZone: 'UTC',
      idempotencyKey: null,
    });
    await createApiKey(context, { orgId, name: 'k', scopes: ['tasks.read'], idempotencyKey: null });
    for (const { method, path } of operations) {
      const [, collection] = /^\/v1\/orgs\/\{org\}\/([\w-]+)$/.exec(path) ?? [];
      if (method !== 'GET' || !collection || collection === 'events') continue;
      ids[collection] = await idsIn(collection);
      const example = examples[collection];
      if (ids[collection].length > 0 || !example) continue;
      await ask('POST', collection, example);
      ids[collection] = await idsIn(collection);
    }
    await refillInner();
    ids.approvals = [approval];
    // More often than by chance: few routes do anything with others.
    ids.tasks?.splice(1, 0, ...Array(3).fill(waiting), ...Array(3).fill(later));
  };
  // What is asked about in an organisation's things.
  const refillInner = async () => {
    const endpoint = `webhooks/${ids.webhooks?.[0]}`;
    await ask('POST', `${endpoint}/tests`, null);
    ids.deliveries = await idsIn(`${endpoint}/deliveries`);
    ids.artifacts = [await listFile(db, ids.tasks?.[0] ?? '')];
  };
  const ask = (method: string, collection: string, body: unknown) =>
    send(api.url, {
      method,
      path: `/v1/orgs/${orgId}/${collection}`,
      headers: { authorization: `Bearer ${ownerToken}`, 'content-type': 'application/json' },
      body: body === null ? null : JSON.stringify(body),
    });
  const idsIn = async (collection: string): Promise<string[]> => {
    const { text } = await ask('GET', collection, null);
    const found = Object.values(JSON.parse(text)).find(Array.isArray) ?? [];
    return found
      .map((item) => item.id ?? item.userId)
      .filter(Boolean)
      .slice(0, 20);
  };
  await refill();
  return {
    owner,
    orgs: [orgId, owner.slug, orgId, owner.slug, stranger.orgId],
    ids,
    tokens: [
      ownerToken,
      ownerToken,
      ownerToken,
      program,
      await tokenOf(stranger),
      await tokenOf(viewer),
    ],
    refill,
  };
}

/** Lists a file of a task, as its worker would. */
async function listFile({ admin }: System['db'], taskId: string): Promise<string> {
  const { rows } = await admin.query<{ id: string }>(
    `insert into artifacts (org_id, id, task_id, name, media_type, path, bytes, sha256)
     select org_id, gen_random_uuid(), id, 'file.txt', 'text/plain', org_id || '/' || id || '/file.txt', 1, '' from tasks
     where id = $1 returning id`,
    [taskId],
  );
  return rows[0]?.id ?? '';
}

/** Makes a task wait for a person, as its worker would. */
async function askSomebody({ admin }: System['db'], taskId: string): Promise<string> {
  await admin.query(`update tasks set state = 'running', started_at = now() where id = $1`, [
    taskId,
  ]);
  await admin.query(`update tasks set state = 'waiting' where id = $1`, [taskId]);
  const { rows } = await admin.query<{ id: string }>(
    `insert into approvals (org_id, id, task_id, attempt, step_key, title, form, expires_at)
     select org_id, gen_random_uuid(), id, 1, 'asked', 'Is it so?', '{}', now() + interval '1 hour'
     from tasks where id = $1 returning id`,
    [taskId],
  );
  return rows[0]?.id ?? '';
}
