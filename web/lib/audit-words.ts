import type { AuditAction } from '@devsphere/shared/audit-actions.ts';
import type { AuditEntry } from '@devsphere/shared/contracts/http/audit.ts';

/** What somebody did, between their name and what they did it to. */
export const auditWords: Record<AuditAction, string> = {
  'organization.created': 'created the organisation',
  'organization.edited': 'changed the organisation',
  'organization.deleted': 'deleted the organisation',
  'organization.paused': 'paused the organisation',
  'organization.resumed': 'resumed the organisation',
  'organization.plan_changed': 'changed the plan',
  'organization.concurrency_set': 'set how many tasks run at once',
  'organization.concurrency_lifted': 'lifted the limit set for tasks at once',
  'member.role_changed': 'changed the role of a member',
  'member.removed': 'removed a member',
  'member.left': 'left',
  'invitation.created': 'invited somebody',
  'invitation.resent': 'sent an invitation again',
  'invitation.revoked': 'took back an invitation',
  'invitation.accepted': 'accepted an invitation',
  'export.requested': 'asked for an export of everything',
  'export.downloaded': 'downloaded an export',
  'task.submitted': 'submitted a task',
  'task.replaced': 'submitted anew a task that waited',
  'task.cancelled': 'cancelled a task',
  'task.cancel_requested': 'asked a running task to stop',
  'task.retried': 'retried a task',
  'task.started_early': 'started a task before its time',
  'task.succeeded': 'finished its work',
  'task.failed': 'failed',
  'task.expired': 'ran out of time',
  'task.approval_requested': 'asked for an approval',
  'task.approval_answered': 'answered an approval',
  'schedule.created': 'created a schedule',
  'schedule.edited': 'changed a schedule',
  'schedule.paused': 'paused a schedule',
  'schedule.resumed': 'resumed a schedule',
  'schedule.run': 'ran a schedule now',
  'schedule.deleted': 'deleted a schedule',
  'budget.set': 'set the budget',
  'api_key.created': 'made an API key',
  'api_key.rotated': 'replaced an API key',
  'api_key.revoked': 'revoked an API key',
  'webhook.created': 'created a webhook',
  'webhook.edited': 'changed a webhook',
  'webhook.enabled': 'enabled a webhook',
  'webhook.disabled': 'disabled a webhook',
  'webhook.secret_rotated': 'gave a webhook a new signing secret',
  'webhook.deleted': 'deleted a webhook',
  'webhook.tested': 'sent a test message to a webhook',
  'webhook.redelivered': 'sent a webhook message again',
  'integration.connected': 'connected an integration',
  'integration.edited': 'changed an integration',
  'integration.tested': 'tested an integration',
  'integration.disconnected': 'disconnected an integration',
  'integration.broke': 'found an integration broken',
};

/** An entry's words; the action itself when a later version wrote it. */
export function wordsOf(action: string): string {
  return action in auditWords ? auditWords[action as AuditAction] : action;
}

const others: Record<Exclude<AuditEntry['actorType'], 'person'>, string> = {
  api_key: 'A program',
  task: 'A task',
  system: 'The system',
  operator: 'An operator of the platform',
};

/** Who acted, in words. */
export function actorOf({ actorType, actorName }: AuditEntry): string {
  if (actorType === 'person') return actorName ?? 'A former member';
  return actorType === 'api_key' && actorName ? `${actorName} (API key)` : others[actorType];
}

/** Where the page of what was acted upon is; null for things without one, or that may be gone. */
export function targetPath(
  org: string,
  { action, targetType, targetId }: AuditEntry,
): string | null {
  if (action.endsWith('.deleted')) return null;
  if (targetType === 'task') return `/${org}/tasks/${targetId}`;
  if (targetType === 'schedule') return `/${org}/schedules/${targetId}`;
  if (targetType === 'api_key') return `/${org}/settings/api-keys`;
  if (targetType === 'integration') return `/${org}/settings/integrations`;
  if (targetType === 'webhook') return `/${org}/settings/webhooks/${targetId}`;
  return null;
}

export type ChangedField = { name: string; before: string | null; after: string | null };

/** The fields a command changed, as people read them; null for a field that was not there. */
export function changedFields({ before, after }: AuditEntry): ChangedField[] {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return names.map((name) => ({
    name: name.replaceAll('_', ' '),
    before: shown(before?.[name]),
    after: shown(after?.[name]),
  }));
}

/** What else is known of an act, one line. */
export function detailText({ detail }: AuditEntry): string {
  return Object.entries(detail)
    .map(([name, value]) => `${name.replaceAll('_', ' ')}: ${shown(value) ?? 'none'}`)
    .join(', ');
}

function shown(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (Array.isArray(value)) return value.length > 0 ? value.join(', ') : 'none';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
