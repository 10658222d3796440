import { answerApproval } from '../../commands/approvals/answer-approval.ts';
import { cancelTask } from '../../commands/cancel-task.ts';
import { changeMemberRole } from '../../commands/change-member-role.ts';
import { createApiKey } from '../../commands/create-api-key.ts';
import { createSchedule } from '../../commands/create-schedule.ts';
import { deleteOrganization } from '../../commands/delete-organization.ts';
import { deleteSchedule } from '../../commands/delete-schedule.ts';
import { editOrganization } from '../../commands/edit-organization.ts';
import { editSchedule } from '../../commands/edit-schedule.ts';
import { chooseEvents } from '../../commands/integrations/choose-events.ts';
import { connectAnthropic } from '../../commands/integrations/connect-anthropic.ts';
import { disconnectIntegration } from '../../commands/integrations/disconnect-integration.ts';
import { testIntegration } from '../../commands/integrations/test-integration.ts';
import { inviteMember } from '../../commands/invite-member.ts';
import { openExport } from '../../commands/open-export.ts';
import { pauseSchedule } from '../../commands/pause-schedule.ts';
import { removeMember } from '../../commands/remove-member.ts';
import { requestExport } from '../../commands/request-export.ts';
import { resendInvitation } from '../../commands/resend-invitation.ts';
import { resumeSchedule } from '../../commands/resume-schedule.ts';
import { retryTask } from '../../commands/retry-task.ts';
import { revokeApiKey } from '../../commands/revoke-api-key.ts';
import { revokeInvitation } from '../../commands/revoke-invitation.ts';
import { rotateApiKey } from '../../commands/rotate-api-key.ts';
import { runScheduleNow } from '../../commands/run-schedule-now.ts';
import { setBudget } from '../../commands/set-budget.ts';
import { submitTask } from '../../commands/submit-task.ts';
import { createEndpoint } from '../../commands/webhooks/create-endpoint.ts';
import { deleteEndpoint } from '../../commands/webhooks/delete-endpoint.ts';
import { disableEndpoint } from '../../commands/webhooks/disable-endpoint.ts';
import { editEndpoint } from '../../commands/webhooks/edit-endpoint.ts';
import { enableEndpoint } from '../../commands/webhooks/enable-endpoint.ts';
import { redeliver } from '../../commands/webhooks/redeliver.ts';
import { rotateSecret } from '../../commands/webhooks/rotate-secret.ts';
import { sendTest } from '../../commands/webhooks/send-test.ts';
import type { Call } from './asked.ts';
import { endpointBody, prompt, scheduleBody } from './world.ts';

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

/** Commands on what an id names, in an order in which each finds what it needs; the last ends the organisation. */
export const commandsById: Record<string, Call> = {
  cancelTask: {
    needs: 'tasks.submit',
    ask: async ({ c, org, ids }) => cancelTask(c, { orgId: org, taskId: ids.running }),
  },
  'cancelTask again': {
    needs: 'tasks.submit',
    refusedWith: 'cancel_already_requested',
    ask: async ({ c, org, ids }) => cancelTask(c, { orgId: org, taskId: ids.running }),
  },
  retryTask: {
    needs: 'tasks.submit',
    ask: async ({ c, org, ids }) => retryTask(c, { orgId: org, taskId: ids.failed }),
  },
  'retryTask again': {
    needs: 'tasks.submit',
    refusedWith: 'not_retryable',
    ask: async ({ c, org, ids }) => retryTask(c, { orgId: org, taskId: ids.failed }),
  },
  answerApproval: {
    needs: 'tasks.submit',
    ask: async ({ c, org, ids }) =>
      answerApproval(c, {
        orgId: org,
        taskId: ids.waiting,
        approvalId: ids.approval,
        answer: { here: 'yes' },
      }),
  },
  editSchedule: {
    needs: 'schedules.manage',
    ask: async ({ c, org, ids }) =>
      editSchedule(c, { orgId: org, scheduleId: ids.schedule, cron: '0 8 * * *' }),
  },
  pauseSchedule: {
    needs: 'schedules.manage',
    ask: async ({ c, org, ids }) => pauseSchedule(c, { orgId: org, scheduleId: ids.schedule }),
  },
  resumeSchedule: {
    needs: 'schedules.manage',
    ask: async ({ c, org, ids }) => resumeSchedule(c, { orgId: org, scheduleId: ids.schedule }),
  },
  runScheduleNow: {
    needs: 'tasks.submit',
    ask: async ({ c, org, ids }) =>
      runScheduleNow(c, { orgId: org, scheduleId: ids.schedule, idempotencyKey: 'twice' }),
  },
  deleteSchedule: {
    needs: 'schedules.manage',
    ask: async ({ c, org, ids }) =>
      deleteSchedule(c, { orgId: org, scheduleId: ids.doomedSchedule }),
  },
  rotateApiKey: {
    needs: 'api_keys.manage',
    ask: async ({ c, org, ids }) => rotateApiKey(c, { orgId: org, apiKeyId: ids.key }),
  },
  revokeApiKey: {
    needs: 'api_keys.manage',
    ask: async ({ c, org, ids }) => revokeApiKey(c, { orgId: org, apiKeyId: ids.doomedKey }),
  },
  enableEndpoint: {
    needs: 'webhooks.manage',
    ask: async ({ c, org, ids }) => enableEndpoint(c, { orgId: org, endpointId: ids.endpoint }),
  },
  editEndpoint: {
    needs: 'webhooks.manage',
    ask: async ({ c, org, ids }) =>
      editEndpoint(c, { orgId: org, endpointId: ids.endpoint, description: 'new' }),
  },
  rotateSecret: {
    needs: 'webhooks.manage',
    ask: async ({ c, org, ids }) => rotateSecret(c, { orgId: org, endpointId: ids.endpoint }),
  },
  sendTest: {
    needs: 'webhooks.manage',
    ask: async ({ c, org, ids }) => sendTest(c, { orgId: org, endpointId: ids.endpoint }),
  },
  redeliver: {
    needs: 'webhooks.manage',
    ask: async ({ c, org, ids }) =>
      redeliver(c, { orgId: org, endpointId: ids.endpoint, deliveryId: ids.delivery }),
  },
  disableEndpoint: {
    needs: 'webhooks.manage',
    ask: async ({ c, org, ids }) => disableEndpoint(c, { orgId: org, endpointId: ids.endpoint }),
  },
  deleteEndpoint: {
    needs: 'webhooks.manage',
    ask: async ({ c, org, ids }) =>
      deleteEndpoint(c, { orgId: org, endpointId: ids.doomedEndpoint }),
  },
  resendInvitation: {
    needs: 'members.manage',
    ask: async ({ c, org, ids }) =>
      resendInvitation(c, { orgId: org, invitationId: ids.invitation }),
  },
  revokeInvitation: {
    needs: 'members.manage',
    ask: async ({ c, org, ids }) =>
      revokeInvitation(c, { orgId: org, invitationId: ids.invitation }),
  },
  changeMemberRole: {
    needs: 'members.manage',
    ask: async ({ c, org, ids }) =>
      changeMemberRole(c, { orgId: org, userId: ids.member, role: 'member' }),
  },
  removeMember: {
    needs: 'members.manage',
    ask: async ({ c, org, ids }) => removeMember(c, { orgId: org, userId: ids.member }),
  },
  openExport: {
    needs: 'organization.export',
    refusedWith: 'conflict',
    hidden: true,
    ask: async ({ c, org, ids }) => openExport(c, { orgId: org, exportId: ids.export }),
  },
  deleteOrganization: {
    needs: 'organization.delete',
    ask: async ({ c, org, ids, world }) =>
      deleteOrganization(c, { orgId: org, slug: ids === world.ids ? world.slug : 'another' }),
  },
};
