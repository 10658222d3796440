/** Everything the audit log can say happened. */
export const auditActions = [
  'organization.created',
  'organization.edited',
  'organization.deleted',
  'member.role_changed',
  'member.removed',
  'member.left',
  'invitation.created',
  'invitation.resent',
  'invitation.revoked',
  'invitation.accepted',
  'export.requested',
  'export.downloaded',
  'task.submitted',
  'task.cancelled',
  'task.cancel_requested',
  'task.retried',
  'task.succeeded',
  'task.failed',
  'task.expired',
  'schedule.created',
  'schedule.edited',
  'schedule.paused',
  'schedule.resumed',
  'schedule.run',
  'schedule.deleted',
  'api_key.created',
  'api_key.rotated',
  'api_key.revoked',
  'webhook.created',
  'webhook.edited',
  'webhook.enabled',
  'webhook.disabled',
  'webhook.secret_rotated',
  'webhook.deleted',
  'webhook.tested',
  'webhook.redelivered',
  'integration.connected',
  'integration.edited',
  'integration.tested',
  'integration.disconnected',
  'integration.broke',
] as const;

export type AuditAction = (typeof auditActions)[number];

/** Everything the operators' log can say happened. */
export const operatorActions = [
  'task.retried',
  'task.cancelled',
  'queue.paused',
  'queue.resumed',
  'dead_letters.redriven',
  'incident.opened',
  'incident.updated',
] as const;

export type OperatorAction = (typeof operatorActions)[number];
