import { randomBytes, randomUUID } from 'node:crypto';
import { createApiKey } from '../../commands/create-api-key.ts';
import { createOrganization } from '../../commands/create-organization.ts';
import { createSchedule } from '../../commands/create-schedule.ts';
import { debounceTask } from '../../commands/debounce-task.ts';
import { connectAnthropic } from '../../commands/integrations/connect-anthropic.ts';
import { connectSlack } from '../../commands/integrations/connect-slack.ts';
import { inviteMember } from '../../commands/invite-member.ts';
import type { OutgoingContext } from '../../commands/outgoing-context.ts';
import { requestExport } from '../../commands/request-export.ts';
import { revokeApiKey } from '../../commands/revoke-api-key.ts';
import { runScheduleNow } from '../../commands/run-schedule-now.ts';
import { setBudget } from '../../commands/set-budget.ts';
import { submitTask } from '../../commands/submit-task.ts';
import { createEndpoint } from '../../commands/webhooks/create-endpoint.ts';
import { rotateSecret } from '../../commands/webhooks/rotate-secret.ts';
import { sendTest } from '../../commands/webhooks/send-test.ts';
import { queues } from '../../queue/queues.ts';
import { contextOf, join, signUp, type TestPerson } from '../people.ts';
import type { TestDatabase } from '../test-database.ts';
import { testSealing } from '../test-sealing.ts';
import { copyOrganization, type Marks } from './copy.ts';
import { fillByHand } from './fill-by-hand.ts';

/** What calls name by id. */
export type Targets = Record<
  | 'task'
  | 'running'
  | 'failed'
  | 'waiting'
  | 'later'
  | 'approval'
  | 'artifact'
  | 'schedule'
  | 'doomedSchedule'
  | 'key'
  | 'doomedKey'
  | 'endpoint'
  | 'doomedEndpoint'
  | 'delivery'
  | 'invitation'
  | 'export'
  | 'member',
  string
>;

export type World = {
  test: TestDatabase;
  orgId: string;
  slug: string;
  twinId: string;
  marks: Marks;
  people: Record<
    'owner' | 'soleOwner' | 'viewer' | 'soleViewer' | 'twinOnly' | 'nobody',
    TestPerson
  >;
  /** In both organisations. */
  ids: Targets;
  /** In the twin alone. */
  idsThere: Targets;
};

export const prompt = (marks: Marks) => ({ prompt: `Say ${marks.own}` });

/**
 * An organisation with something of everything and its twin. The owner owns both and the viewer owns the twin; the sole
 * ones are only in the first, `twinOnly` only in the twin.
 */
export async function makeWorld(test: TestDatabase): Promise<World> {
  const mark = () => randomBytes(12).toString('hex');
  const marks = { own: mark(), twin: mark() };
  const names = [
    'owner',
    'soleOwner',
    'viewer',
    'soleViewer',
    'twinOnly',
    'nobody',
    'bob',
  ] as const;
  const people = Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await signUp(test, name)])),
  ) as World['people'] & { bob: TestPerson };
  const context = outgoing(test, people.owner);
  const slug = `own-${marks.own}`;
  const { organization } = await createOrganization(context, { name: `Own ${marks.own}`, slug });
  const { orgId } = organization;
  await test.admin.query(`update organizations set plan = 'scale' where org_id = $1`, [orgId]);
  await join(test, people.viewer, orgId, 'viewer');
  await join(test, people.bob, orgId, 'viewer');
  const ids = { ...(await fillByCommands(context, orgId, marks)), member: people.bob.actor.userId };
  await fillByHand(test, orgId, ids, marks);
  const twinId = await copyOrganization(test.admin, orgId, marks);
  await join(test, people.viewer, twinId, 'owner');
  await join(test, people.bob, twinId, 'admin');
  await join(test, people.twinOnly, twinId, 'owner');
  await join(test, people.soleOwner, orgId, 'owner');
  await join(test, people.soleViewer, orgId, 'viewer');
  // Joining has put the twin's behind.
  await test.admin.query('update memberships set role = role where org_id = $1', [orgId]);
  await test.admin.query(
    `insert into pgboss.job (name, data, source_root_id)
     select $3, jsonb_build_object('orgId', org_id), job_id from tasks where org_id = $1 and id = $2`,
    [twinId, ids.failed, queues.claude.deadLetter],
  );
  await test.admin.query(`insert into task_tags (org_id, tag, task_id) values ($1, 'tagged', $2)`, [
    twinId,
    ids.later,
  ]);
  await test.admin.query(
    `insert into organization_pauses (org_id, paused_by, reason) values ($1, $2, $3)`,
    [twinId, people.owner.actor.userId, marks.twin],
  );
  await test.admin.query(
    `insert into concurrency_overrides (org_id, concurrent_tasks, reason, set_by) values ($1, 1, 'test', $2)`,
    [twinId, people.owner.actor.userId],
  );
  await test.admin.query('insert into budget_stops (org_id) values ($1)', [twinId]);
  // Later ones of the same key, which only the twin has.
  await test.admin.query(
    `update tasks set debounce_key = 'later', debounce_until = now() + interval '1 hour', state = 'queued', started_at = null, run_at = now() + interval '1 hour'
     where org_id = $1 and idempotency_key in ('only there 2', 'only there 3')`,
    [twinId],
  );
  // Put aside while the twin is paused.
  await test.admin.query(
    `insert into pgboss.job (id, name, data, start_after)
     select job_id, job_queue, jsonb_build_object('orgId', org_id), now() + interval '1 hour'
     from tasks where org_id = $1 and id = $2`,
    [twinId, ids.task],
  );
  await test.admin.query('analyze');
  const idsThere = await onlyThere(test, { orgId, twinId, ids, member: people.twinOnly });
  return { test, orgId, slug, twinId, marks, people, ids, idsThere };
}

export const outgoing = (test: TestDatabase, person: TestPerson): OutgoingContext => ({
  ...contextOf(test, person),
  outgoing: { sealingKey: testSealing.sealingKey(), allowPrivateAddresses: true },
});

async function fillByCommands(
  context: OutgoingContext,
  orgId: string,
  marks: Marks,
): Promise<Omit<Targets, 'member'>> {
  const submit = async (idempotencyKey: string | null, runAt?: string, tags?: string[]) =>
    (
      await submitTask(context, {
        orgId,
        kind: 'assistant.prompt',
        input: prompt(marks),
        idempotencyKey,
        ...(runAt ? { runAt } : {}),
        ...(tags ? { tags } : {}),
      })
    ).task.id;
  const schedule = async (idempotencyKey: string | null) =>
    (await createSchedule(context, { ...scheduleBody(marks), orgId, idempotencyKey })).schedule.id;
  const key = async () =>
    (
      await createApiKey(context, {
        orgId,
        name: `key ${marks.own}`,
        scopes: ['tasks.read'],
        idempotencyKey: null,
      })
    ).apiKey.id;
  const endpoint = async () =>
    (await createEndpoint(context, { ...endpointBody(marks), orgId })).endpoint.id;
  const ids = {
    task: await submit('the same'),
    running: await submit(null),
    failed: await submit(null, undefined, ['tagged']),
    waiting: await submit(null),
    later: await submit(null, new Date(Date.now() + 3_600_000).toISOString()),
    approval: randomUUID(),
    artifact: randomUUID(),
    schedule: await schedule('the same'),
    doomedSchedule: await schedule(null),
    key: await key(),
    doomedKey: await key(),
    endpoint: await endpoint(),
    doomedEndpoint: await endpoint(),
  };
  await debounceTask(context, { ...debounced(marks), orgId });
  await runScheduleNow(context, { orgId, scheduleId: ids.schedule, idempotencyKey: 'once' });
  await revokeApiKey(context, { orgId, apiKeyId: await key() });
  await rotateSecret(context, { orgId, endpointId: ids.endpoint });
  await connectAnthropic(context, { orgId, key: `sk-ant-${marks.own}` });
  await connectSlack(context, { orgId, url: 'https://chat.test/x', events: ['task.failed'] });
  await setBudget(context, { orgId, monthlyLimitNanoUsd: 50_000_000_000, alertPercents: [50] });
  const invitation = await inviteMember(context, {
    orgId,
    email: `${marks.own}@example.test`,
    role: 'viewer',
  });
  const delivery = await sendTest(context, { orgId, endpointId: ids.endpoint });
  const made = await requestExport(context, { orgId });
  return { ...ids, delivery: delivery.id, invitation: invitation.id, export: made.export.id };
}

export const debounced = (marks: Marks) => ({
  kind: 'assistant.prompt',
  input: prompt(marks),
  debounce: { key: 'later', seconds: 600, maximumSeconds: 1_200 },
});

export const scheduleBody = (marks: Marks) => ({
  name: `schedule ${marks.own}`,
  kind: 'assistant.prompt',
  input: prompt(marks),
  cron: '0 9 * * *',
  timeZone: 'UTC',
});

export const endpointBody = (marks: Marks) => ({
  url: `https://${marks.own}.test/hook`,
  events: ['task.succeeded' as const],
  idempotencyKey: null,
});

/** Of each kind of thing one that the twin has and the first organisation has not. */
async function onlyThere(
  { admin }: TestDatabase,
  { orgId, twinId, ids, member }: Pick<World, 'orgId' | 'twinId' | 'ids'> & { member: TestPerson },
): Promise<Targets> {
  const tables: Partial<Record<keyof Targets, string>> = {
    task: 'tasks',
    running: 'tasks',
    failed: 'tasks',
    waiting: 'tasks',
    later: 'tasks',
    approval: 'approvals',
    artifact: 'artifacts',
    schedule: 'schedules',
    doomedSchedule: 'schedules',
    key: 'api_keys',
    doomedKey: 'api_keys',
    endpoint: 'webhook_endpoints',
    doomedEndpoint: 'webhook_endpoints',
    delivery: 'webhook_deliveries',
    invitation: 'invitations',
    export: 'exports',
  };
  const there: Targets = { ...ids, member: member.actor.userId };
  for (const [target, table] of Object.entries(tables)) {
    const { rows } = await admin.query<{ id: string }>(
      `select id from ${table} t where org_id = $2 and not exists (select from ${table} o where o.org_id = $1 and o.id = t.id) limit 1`,
      [orgId, twinId],
    );
    const [row] = rows;
    if (!row) throw new Error(`the twin has nothing of its own in ${table}`);
    there[target as keyof Targets] = row.id;
  }
  return there;
}
