import { createApiKey } from '../../commands/create-api-key.ts';
import { createSchedule } from '../../commands/create-schedule.ts';
import { debounceTask } from '../../commands/debounce-task.ts';
import { editOrganization } from '../../commands/edit-organization.ts';
import { chooseEvents } from '../../commands/integrations/choose-events.ts';
import { connectAnthropic } from '../../commands/integrations/connect-anthropic.ts';
import { disconnectIntegration } from '../../commands/integrations/disconnect-integration.ts';
import { testIntegration } from '../../commands/integrations/test-integration.ts';
import { inviteMember } from '../../commands/invite-member.ts';
import { pauseOrganization } from '../../commands/pausing/pause-organization.ts';
import { resumeOrganization } from '../../commands/pausing/resume-organization.ts';
import { requestExport } from '../../commands/request-export.ts';
import { setBudget } from '../../commands/set-budget.ts';
import { submitBulk } from '../../commands/submit-bulk.ts';
import { submitTask } from '../../commands/submit-task.ts';
import { createEndpoint } from '../../commands/webhooks/create-endpoint.ts';
import type { Call } from './asked.ts';
import { debounced, endpointBody, prompt, scheduleBody } from './world.ts';

/** Commands that name nothing by its id. */
export const commands: Record<string, Call> = {
  submitTask: {
    needs: 'tasks.submit',
    ask: async ({ c, org, world: { marks } }) =>
      submitTask(c, {
        orgId: org,
        kind: 'assistant.prompt',
        input: prompt(marks),
        idempotencyKey: 'the same',
      }),
  },
  submitBulk: {
    needs: 'tasks.submit',
    ask: async ({ c, org, world: { marks } }) =>
      submitBulk(c, {
        orgId: org,
        tasks: [{ kind: 'assistant.prompt', input: prompt(marks), idempotencyKey: 'the same' }],
        idempotencyKey: null,
      }),
  },
  'submitBulk with a key from elsewhere': {
    needs: 'tasks.submit',
    ask: async ({ c, org, world: { marks } }) =>
      submitBulk(c, {
        orgId: org,
        tasks: [{ kind: 'assistant.prompt', input: prompt(marks), idempotencyKey: 'only there 1' }],
        idempotencyKey: null,
      }),
  },
  debounceTask: {
    needs: 'tasks.submit',
    ask: async ({ c, org, world: { marks } }) => {
      const answer = await debounceTask(c, { ...debounced(marks), orgId: org });
      if (answer.created) throw new Error('the waiting task was not found');
      return answer;
    },
  },
  pauseOrganization: {
    needs: 'organization.pause',
    ask: async ({ c, org }) => pauseOrganization(c, { orgId: org }),
  },
  resumeOrganization: {
    needs: 'organization.pause',
    ask: async ({ c, org }) => resumeOrganization(c, { orgId: org }),
  },
  createSchedule: {
    needs: 'schedules.manage',
    ask: async ({ c, org, world: { marks } }) =>
      createSchedule(c, { ...scheduleBody(marks), orgId: org, idempotencyKey: null }),
  },
  'createSchedule again': {
    needs: 'schedules.manage',
    ask: async ({ c, org, world: { marks } }) =>
      createSchedule(c, { ...scheduleBody(marks), orgId: org, idempotencyKey: 'the same' }),
  },
  createApiKey: {
    needs: 'api_keys.manage',
    ask: async ({ c, org }) =>
      createApiKey(c, { orgId: org, name: 'new', scopes: ['tasks.read'], idempotencyKey: null }),
  },
  createEndpoint: {
    needs: 'webhooks.manage',
    ask: async ({ c, org, world: { marks } }) =>
      createEndpoint(c, { ...endpointBody(marks), orgId: org }),
  },
  inviteMember: {
    needs: 'members.manage',
    ask: async ({ c, org }) =>
      inviteMember(c, { orgId: org, email: 'new@example.test', role: 'viewer' }),
  },
  editOrganization: {
    needs: 'organization.update',
    ask: async ({ c, org, world }) =>
      editOrganization(c, { orgId: org, name: `Renamed ${world.marks.own}` }),
  },
  setBudget: {
    needs: 'budgets.manage',
    ask: async ({ c, org }) =>
      setBudget(c, { orgId: org, monthlyLimitNanoUsd: 40_000_000_000, alertPercents: [80] }),
  },
  requestExport: {
    needs: 'organization.export',
    ask: async ({ c, org }) => requestExport(c, { orgId: org }),
  },
  connectAnthropic: {
    needs: 'integrations.manage',
    ask: async ({ c, org }) => connectAnthropic(c, { orgId: org, key: `sk-ant-${'y'.repeat(30)}` }),
  },
  testIntegration: {
    needs: 'integrations.manage',
    ask: async ({ c, org }) => testIntegration(c, { orgId: org, kind: 'anthropic' }),
  },
  chooseEvents: {
    needs: 'integrations.manage',
    ask: async ({ c, org }) => chooseEvents(c, { orgId: org, events: ['budget.alert'] }),
  },
  disconnectIntegration: {
    needs: 'integrations.manage',
    ask: async ({ c, org }) => disconnectIntegration(c, { orgId: org, kind: 'slack' }),
  },
};
