import { listApprovals } from '../../queries/approvals/list-approvals.ts';
import { countSeats } from '../../queries/count-seats.ts';
import { explainTask } from '../../queries/explain-task.ts';
import { exportAudit } from '../../queries/export-audit.ts';
import { exportUsage } from '../../queries/export-usage.ts';
import { findOrganizationId } from '../../queries/find-organization-id.ts';
import { findScheduleOfTask } from '../../queries/find-schedule-of-task.ts';
import { findTaskByKey } from '../../queries/find-task-by-key.ts';
import { getApiKey } from '../../queries/get-api-key.ts';
import { getBudget } from '../../queries/get-budget.ts';
import { getConcurrencyOverride } from '../../queries/get-concurrency-override.ts';
import { getPause } from '../../queries/get-pause.ts';
import { getSchedule } from '../../queries/get-schedule.ts';
import { getTask } from '../../queries/get-task.ts';
import { getTaskTimeline } from '../../queries/get-task-timeline.ts';
import { listIntegrations } from '../../queries/integrations/list-integrations.ts';
import { listApiKeyNames } from '../../queries/list-api-key-names.ts';
import { listApiKeys } from '../../queries/list-api-keys.ts';
import { getArtifact, listArtifacts } from '../../queries/list-artifacts.ts';
import { listAudit } from '../../queries/list-audit.ts';
import { listAuditActors } from '../../queries/list-audit-actors.ts';
import { getExport, listExports } from '../../queries/list-exports.ts';
import { getInvitation, listInvitations } from '../../queries/list-invitations.ts';
import { listMembers } from '../../queries/list-members.ts';
import { listNotices } from '../../queries/list-notices.ts';
import { findOrganization } from '../../queries/list-organizations.ts';
import { listScheduleRuns } from '../../queries/list-schedule-runs.ts';
import { listSchedules } from '../../queries/list-schedules.ts';
import { listTaskEvents } from '../../queries/list-task-events.ts';
import { listTasks } from '../../queries/list-tasks.ts';
import { nameTargets } from '../../queries/name-targets.ts';
import { reportUsage } from '../../queries/report-usage.ts';
import { requirePermission } from '../../queries/require-permission.ts';
import { getDelivery } from '../../queries/webhooks/get-delivery.ts';
import { getEndpoint } from '../../queries/webhooks/get-endpoint.ts';
import { listDeliveries } from '../../queries/webhooks/list-deliveries.ts';
import { listEndpoints } from '../../queries/webhooks/list-endpoints.ts';
import type { Call } from './asked.ts';

const page = { limit: 100 };
const longAgo = () => new Date(Date.now() - 30 * 86_400_000).toISOString().slice(0, 10);

/** Every query about an organisation. */
export const queries: Record<string, Call> = {
  countSeats: { ask: async ({ db, me, org }) => countSeats(db, me, org) },
  explainTask: {
    ask: async ({ c, db, me, org, ids }) => {
      const asked = [ids.task, ids.failed, ids.waiting].map(async (id) => {
        // How long it took so far differs from one moment to the next.
        const {
          waitedMs: _waited,
          ranMs: _ran,
          ...rest
        } = await explainTask(db, c.boss, me, org, id);
        return rest;
      });
      return Promise.all(asked);
    },
  },
  exportUsage: { ask: async ({ db, me, org }) => exportUsage(db, me, org, { from: longAgo() }) },
  findOrganization: { ask: async ({ db, me, org }) => findOrganization(db, me, org) },
  findOrganizationId: { ask: async ({ db, me, org }) => findOrganizationId(db, me, org) },
  findOrganizationBySlug: {
    ask: async ({ db, me, world }) => findOrganization(db, me, world.slug),
  },
  findScheduleOfTask: {
    ask: async ({ db, me, org, world, ids }) => {
      const { tasks } = await listTasks(db, me, org, page);
      const asked = [...tasks.map(({ id }) => id), ids.task, world.ids.failed];
      return Promise.all(asked.map((id) => findScheduleOfTask(db, me, org, id)));
    },
  },
  findTaskByKey: { ask: async ({ db, me, org }) => findTaskByKey(db, me, org, 'the same') },
  findTaskByForeignKey: {
    ask: async ({ db, me, org }) => findTaskByKey(db, me, org, 'only there 1'),
  },
  getApiKey: {
    ask: async ({ db, me, org, ids }) => getApiKey(db, me, { orgId: org, apiKeyId: ids.key }),
  },
  getConcurrencyOverride: {
    ask: async ({ db, me, org }) => getConcurrencyOverride(db, me, org),
  },
  getPause: { ask: async ({ db, me, org }) => getPause(db, me, org) },
  getArtifact: {
    ask: async ({ db, me, org, ids }) =>
      getArtifact(db, me, { orgId: org, taskId: ids.task, artifactId: ids.artifact }),
  },
  getBudget: { ask: async ({ db, me, org }) => getBudget(db, me, org) },
  getSchedule: { ask: async ({ db, me, org, ids }) => getSchedule(db, me, org, ids.schedule) },
  getTask: { ask: async ({ db, me, org, ids }) => getTask(db, me, org, ids.task) },
  getTaskTimeline: { ask: async ({ db, me, org, ids }) => getTaskTimeline(db, me, org, ids.task) },
  getExport: { ask: async ({ db, me, org, ids }) => getExport(db, me, org, ids.export) },
  getInvitation: {
    ask: async ({ db, me, org, ids }) => getInvitation(db, me, org, ids.invitation),
  },
  getDelivery: {
    ask: async ({ db, me, org, ids }) =>
      getDelivery(db, me, { orgId: org, endpointId: ids.endpoint, deliveryId: ids.delivery }),
  },
  getEndpoint: {
    ask: async ({ db, me, org, ids }) =>
      getEndpoint(db, me, { orgId: org, endpointId: ids.endpoint }),
  },
  listApiKeyNames: { ask: async ({ db, me, org, ids }) => listApiKeyNames(db, me, org, [ids.key]) },
  listApiKeys: { ask: async ({ db, me, org }) => listApiKeys(db, me, org, page) },
  listApprovals: { ask: async ({ db, me, org, ids }) => listApprovals(db, me, org, ids.waiting) },
  listArtifacts: { ask: async ({ db, me, org, ids }) => listArtifacts(db, me, org, ids.task) },
  listAuditActors: { ask: async ({ db, me, org }) => listAuditActors(db, me, org) },
  listDeliveries: {
    ask: async ({ db, me, org, ids }) =>
      listDeliveries(db, me, { orgId: org, endpointId: ids.endpoint }, page),
  },
  listExports: { ask: async ({ db, me, org }) => listExports(db, me, org, page) },
  listInvitations: { ask: async ({ db, me, org }) => listInvitations(db, me, org, page) },
  listMembers: { ask: async ({ db, me, org }) => listMembers(db, me, org, page) },
  listMoreMembers: {
    ask: async ({ db, me, org, ids }) => listMembers(db, me, org, { ...page, after: ids.member }),
  },
  listNotices: { ask: async ({ db, me, org }) => listNotices(db, me, org) },
  listScheduleRuns: {
    ask: async ({ db, me, org, ids }) =>
      listScheduleRuns(db, me, { orgId: org, scheduleId: ids.schedule }, page),
  },
  listSchedules: { ask: async ({ db, me, org }) => listSchedules(db, me, org, page) },
  listTaskEvents: {
    ask: async ({ db, me, org, ids }) =>
      listTaskEvents(db, me, { orgId: org, taskId: ids.task, afterSeq: 0, limit: 100 }),
  },
  listTasksByTag: {
    ask: async ({ db, me, org }) => listTasks(db, me, org, { ...page, tag: ['tagged'] }),
  },
  listTasks: { ask: async ({ db, me, org }) => listTasks(db, me, org, page) },
  nameTargets: {
    ask: async ({ db, me, org, ids }) =>
      nameTargets(db, me, org, [ids.task, ids.schedule, ids.key, ids.failed]),
  },
  reportUsage: {
    ask: async ({ db, me, org }) => reportUsage(db, me, org, { by: 'day', from: longAgo() }),
  },
  listAudit: { needs: 'audit.read', ask: async ({ db, me, org }) => listAudit(db, me, org, page) },
  exportAudit: {
    needs: 'audit.read',
    ask: async ({ db, me, org }) => linesOf(await exportAudit(db, me, org, { format: 'csv' })),
  },
  listIntegrations: {
    needs: 'integrations.manage',
    ask: async ({ db, me, org }) => listIntegrations(db, me, org),
  },
  listEndpoints: {
    needs: 'webhooks.manage',
    ask: async ({ db, me, org }) => listEndpoints(db, me, org),
  },
  requirePermission: {
    needs: 'api_keys.manage',
    ask: async ({ db, me, org }) => requirePermission(db, me, org, 'api_keys.manage'),
  },
};

async function linesOf(file: AsyncGenerator<string>): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of file) lines.push(line);
  return lines;
}
