import { answerApproval } from '../../commands/approvals/answer-approval.ts';
import { cancelTask } from '../../commands/cancel-task.ts';
import { changeMemberRole } from '../../commands/change-member-role.ts';
import { deleteOrganization } from '../../commands/delete-organization.ts';
import { deleteSchedule } from '../../commands/delete-schedule.ts';
import { editSchedule } from '../../commands/edit-schedule.ts';
import { openExport } from '../../commands/open-export.ts';
import { pauseSchedule } from '../../commands/pause-schedule.ts';
import { removeMember } from '../../commands/remove-member.ts';
import { resendInvitation } from '../../commands/resend-invitation.ts';
import { resumeSchedule } from '../../commands/resume-schedule.ts';
import { retryTask } from '../../commands/retry-task.ts';
import { revokeApiKey } from '../../commands/revoke-api-key.ts';
import { revokeInvitation } from '../../commands/revoke-invitation.ts';
import { rotateApiKey } from '../../commands/rotate-api-key.ts';
import { runScheduleNow } from '../../commands/run-schedule-now.ts';
import { startTaskNow } from '../../commands/start-task-now.ts';
import { deleteEndpoint } from '../../commands/webhooks/delete-endpoint.ts';
import { disableEndpoint } from '../../commands/webhooks/disable-endpoint.ts';
import { editEndpoint } from '../../commands/webhooks/edit-endpoint.ts';
import { enableEndpoint } from '../../commands/webhooks/enable-endpoint.ts';
import { redeliver } from '../../commands/webhooks/redeliver.ts';
import { rotateSecret } from '../../commands/webhooks/rotate-secret.ts';
import { sendTest } from '../../commands/webhooks/send-test.ts';
import type { Call } from './asked.ts';

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
  startTaskNow: {
    needs: 'tasks.submit',
    ask: async ({ c, org, ids }) => startTaskNow(c, { orgId: org, taskId: ids.later }),
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
