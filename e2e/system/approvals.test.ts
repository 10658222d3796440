import { approvalToken } from '@devsphere/shared/approvals/approval-token.ts';
import { answerApprovalLink } from '@devsphere/shared/commands/approvals/answer-approval-link.ts';
import { createApiKey } from '@devsphere/shared/commands/create-api-key.ts';
import type { Approval } from '@devsphere/shared/contracts/http/approval.ts';
import type { TaskDetail } from '@devsphere/shared/contracts/http/task.ts';
import { findApprovalOfLink } from '@devsphere/shared/queries/approvals/find-approval-link.ts';
import { eventually } from '@devsphere/shared/testing/eventually.ts';
import {
  contextOf,
  join,
  signUp,
  type TestPerson,
  tokenOf,
} from '@devsphere/shared/testing/people.ts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { notificationText } from '../../worker/src/integrations/notification-text.ts';
import { ApiClient } from './client.ts';
import { linkSecret, type System, startSystem } from './start-system.ts';

const commits = [
  '9f1c2ab feat(tasks): a task can wait for an approval',
  'b02c9d4 fix(stream): a reload shows every word once',
].join('\n');

let system: System;
let ada: TestPerson;
let client: ApiClient;

beforeAll(async () => {
  system = await startSystem();
  ada = await signUp(system.db, 'ada');
  client = new ApiClient(system.api.url, await tokenOf(ada));
  await system.startWorker();
});
afterAll(() => system.stop());

const reaches = (id: string, state: string) =>
  eventually(`the task to be ${state}`, async () => {
    const task = await client.task(ada.orgId, id);
    expect(task.state).toBe(state);
    return task;
  });
const approvalsOf = async (id: string, by = client) =>
  (await by.call<{ approvals: Approval[] }>('GET', `/v1/orgs/${ada.orgId}/tasks/${id}/approvals`))
    .body.approvals;
const openOf = async (id: string): Promise<Approval> => {
  const open = (await approvalsOf(id)).find(({ state }) => state === 'open');
  if (!open) throw new Error('nothing is asked');
  return open;
};
const answer = (id: string, approval: string, given: unknown, by = client) =>
  by.call<TaskDetail & { detail?: string; errors?: Array<{ field: string }> }>(
    'POST',
    `/v1/orgs/${ada.orgId}/tasks/${id}/approvals/${approval}/answer`,
    { answer: given },
  );
const draftOf = ({ proposal }: Approval) => String(proposal.markdown);

async function waitingTask(input: Record<string, unknown> = {}): Promise<string> {
  const { body } = await client.submit(ada.orgId, {
    kind: 'release.notes',
    input: { commits, version: '1.4.0', ...input },
  });
  await reaches(body.id, 'waiting');
  return body.id;
}

describe('a task that asks a person', () => {
  test('waits without a worker, and goes on with what was edited, paying for nothing twice', async () => {
    const id = await waitingTask();
    const open = await openOf(id);
    expect(draftOf(open)).toContain('a task can wait'.slice(2));
    const { rows: jobs } = await system.db.admin.query(
      `select state from pgboss.job where name = 'tasks.claude' and data ->> 'taskId' = $1`,
      [id],
    );
    expect(jobs).toEqual([{ state: 'completed' }]);

    const edited = `${draftOf(open)}\n\nEdited by a person.`;
    expect(await answer(id, open.id, { decision: 'approve', markdown: edited })).toMatchObject({
      status: 202,
    });
    const done = await reaches(id, 'succeeded');
    expect(done.output).toEqual({ markdown: edited });
    const { rows } = await system.db.admin.query('select from llm_calls where task_id = $1', [id]);
    expect(rows).toHaveLength(1);

    const events = await client.events(ada.orgId, id);
    expect(events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['approval.requested', 'approval.answered', 'step.replayed']),
    );
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  });

  test('sent back, writes another draft and asks again', async () => {
    const id = await waitingTask();
    const first = await openOf(id);
    await answer(id, first.id, {
      decision: 'rewrite',
      markdown: draftOf(first),
      instructions: 'Shorter.',
    });
    const second = await eventually('a second question', async () => {
      const open = await openOf(id);
      expect(open.id).not.toBe(first.id);
      return open;
    });
    await answer(id, second.id, { decision: 'approve', markdown: 'Final.' });
    expect((await reaches(id, 'succeeded')).output).toEqual({ markdown: 'Final.' });
  });

  test('takes one answer: the same again changes nothing, another is refused', async () => {
    const id = await waitingTask();
    const { id: approval } = await openOf(id);
    const given = { decision: 'approve', markdown: 'Once.' };
    expect((await answer(id, approval, given)).status).toBe(202);
    expect((await answer(id, approval, given)).status).toBe(202);
    expect((await answer(id, approval, { ...given, markdown: 'Twice.' })).status).toBe(409);
    expect((await reaches(id, 'succeeded')).output).toEqual({ markdown: 'Once.' });
  });

  test('refuses what its form does not ask for, naming the field', async () => {
    const id = await waitingTask();
    const { id: approval } = await openOf(id);
    for (const [given, field] of [
      [{ decision: 'burn', markdown: 'x' }, 'answer.decision'],
      [{ decision: 'approve' }, 'answer.markdown'],
      [{ decision: 'approve', markdown: 'x', more: 1 }, 'answer.more'],
    ] as const) {
      const { status, body } = await answer(id, approval, given);
      expect({ status, field: body.errors?.[0]?.field }).toEqual({ status: 400, field });
    }
  });

  test('can be cancelled while it waits; then there is nothing to answer any more', async () => {
    const id = await waitingTask();
    const { id: approval } = await openOf(id);
    await client.call('POST', `/v1/orgs/${ada.orgId}/tasks/${id}/cancellation`);
    await reaches(id, 'cancelled');
    expect((await approvalsOf(id))[0]?.state).toBe('withdrawn');
    expect(
      (await answer(id, approval, { decision: 'approve', markdown: 'Too late.' })).status,
    ).toBe(409);
  });

  test('is answered by a program with the scope, and neither by a viewer nor by a stranger', async () => {
    const id = await waitingTask();
    const { id: approval } = await openOf(id);
    const given = { decision: 'approve', markdown: 'By a program.' };
    const viewer = await signUp(system.db, 'viewer');
    await join(system.db, viewer, ada.orgId, 'viewer');
    const asViewer = new ApiClient(system.api.url, await tokenOf(viewer));
    expect(await approvalsOf(id, asViewer)).toHaveLength(1);
    expect((await answer(id, approval, given, asViewer)).status).toBe(403);
    const stranger = await tokenOf(await signUp(system.db, 'stranger'));
    const asStranger = new ApiClient(system.api.url, stranger);
    expect((await answer(id, approval, given, asStranger)).status).toBe(404);
    const { token } = await createApiKey(contextOf(system.db, ada), {
      orgId: ada.orgId,
      name: 'approver',
      scopes: ['tasks.read', 'tasks.submit'],
      idempotencyKey: null,
    });
    const program = new ApiClient(system.api.url, token);
    expect((await answer(id, approval, given, program)).status).toBe(202);
    await reaches(id, 'succeeded');
    expect((await approvalsOf(id))[0]).toMatchObject({ state: 'answered', answeredHow: 'program' });
  });
});

describe('the link of an approval', () => {
  const linkOf = (approvalId: string) =>
    approvalToken(linkSecret, { orgId: ada.orgId, approvalId });

  test('shows the draft and answers once, for somebody who is not signed in; the audit log says how', async () => {
    const id = await waitingTask();
    const { id: approval, proposal } = await openOf(id);
    const token = linkOf(approval);
    const shown = await findApprovalOfLink(system.db.database, token);
    expect(shown).toMatchObject({ state: 'open', proposal });
    const context = { database: system.db.database, boss: system.db.boss };
    const given = { decision: 'approve', markdown: 'By link.' };
    await answerApprovalLink(context, { token, answer: given });
    await expect(
      answerApprovalLink(context, { token, answer: { ...given, markdown: 'Again.' } }),
    ).rejects.toMatchObject({ code: 'conflict' });
    expect((await reaches(id, 'succeeded')).output).toEqual({ markdown: 'By link.' });
    expect(await findApprovalOfLink(system.db.database, token)).toMatchObject({
      state: 'answered',
      proposal: {},
    });
    const { rows } = await system.db.admin.query(
      `select actor_type, detail ->> 'how' as how from audit_entries
       where target_id = $1 and action = 'task.approval_answered'`,
      [id],
    );
    expect(rows).toEqual([{ actor_type: 'system', how: 'link' }]);
  });

  test('of another secret or another approval opens nothing', async () => {
    const id = await waitingTask();
    const { id: approvalId } = await openOf(id);
    const forged = approvalToken('another-secret-than-the-one-of-workers', {
      orgId: ada.orgId,
      approvalId,
    });
    for (const token of [forged, linkOf(id), 'nonsense', ''])
      expect(await findApprovalOfLink(system.db.database, token)).toBeNull();
  });
});

describe('who is told', () => {
  test('of a task that waits: endpoints with its approval but no link, a chat with the link', async () => {
    await client.call('POST', `/v1/orgs/${ada.orgId}/webhooks`, {
      url: 'http://127.0.0.1:9/nobody-listens',
      events: ['task.waiting'],
    });
    const id = await waitingTask();
    const { id: approvalId, title } = await openOf(id);
    const { rows } = await system.db.admin.query(
      `select payload from webhook_deliveries where subject_id = $1 and event = 'task.waiting'`,
      [id],
    );
    expect(rows).toHaveLength(1);
    expect(rows[0].payload.data).toMatchObject({
      id,
      state: 'waiting',
      approvalId,
      approvalTitle: title,
    });
    const token = approvalToken(linkSecret, { orgId: ada.orgId, approvalId });
    expect(JSON.stringify(rows)).not.toContain(token);
    const text = await notificationText(
      system.db.database,
      ada.orgId,
      { do: 'notify', event: 'task.waiting', subject: 'task', subjectId: id },
      { webUrl: 'https://devsphere.test', linkSecret },
    );
    expect(text).toContain(`https://devsphere.test/approvals/${token}|`);
  });
});

describe('nobody answers', () => {
  /** Lets the time of a task's question pass, for the database and for the queue alike. */
  const letTimePass = async (id: string) => {
    const { id: approval } = await openOf(id);
    await system.db.admin.query(
      `update approvals set created_at = now() - interval '2 days', expires_at = now() - interval '1 second' where id = $1`,
      [approval],
    );
    await system.db.admin.query(
      `update pgboss.job set start_after = now() where name = 'timers' and id = $1`,
      [approval],
    );
    return approval;
  };

  test('the task expires and says why; retried, it asks again without drafting again', async () => {
    const id = await waitingTask();
    const approval = await letTimePass(id);
    expect(
      (await answer(id, approval, { decision: 'approve', markdown: 'Too late.' })).status,
    ).toBe(409);
    expect((await reaches(id, 'expired')).error).toMatchObject({ code: 'approval_timed_out' });
    expect((await approvalsOf(id))[0]?.state).toBe('timed_out');
    await client.call('POST', `/v1/orgs/${ada.orgId}/tasks/${id}/retries`);
    await reaches(id, 'waiting');
    expect((await openOf(id)).id).not.toBe(approval);
    const { rows } = await system.db.admin.query('select from llm_calls where task_id = $1', [id]);
    expect(rows).toHaveLength(1);
  });

  test('it goes on with the draft where that was asked for', async () => {
    const id = await waitingTask({ ifUnanswered: 'publish', approvalHours: 1 });
    const draft = draftOf(await openOf(id));
    await letTimePass(id);
    expect((await reaches(id, 'succeeded')).output).toEqual({ markdown: draft });
    expect((await approvalsOf(id))[0]).toMatchObject({ state: 'answered', answeredHow: 'timeout' });
  });
});
