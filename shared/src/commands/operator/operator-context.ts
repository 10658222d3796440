import type { PgBoss } from 'pg-boss';
import { z } from 'zod';
import type { AuditAction, OperatorAction } from '../../audit-actions.ts';
import type { AuditFacts } from '../../audit-changes.ts';
import type { Operator } from '../../db/as-operator.ts';
import type { Database } from '../../db/database.ts';
import type { Tx } from '../../db/doors.ts';
import { AppError } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { laterQueues, queueNamed, queues } from '../../queue/queues.ts';
import { serviceQueues } from '../../queue/service-queues.ts';
import { validate } from '../../validate.ts';

/** Which operator commands, and with what. */
export type OperatorContext = {
  database: Database;
  boss: PgBoss;
  actor: Operator;
  requestId: string | null;
};

const reasonSchema = z.object({
  reason: z
    .string()
    .trim()
    .min(3, 'Say why, in at least 3 characters')
    .max(500, 'At most 500 characters'),
});

/** Why an operator acts; nothing is done without. Throws `invalid_request`. */
export function checkReason(reason: string): string {
  return validate(reasonSchema, { reason }).reason;
}

/** The name, when it is that of a queue. Throws `not_found`. */
export function checkQueue(name: string): string {
  const all = [...Object.values(queues), ...laterQueues, ...Object.values(serviceQueues)];
  if (!all.some((queue) => queue.name === name))
    throw new AppError('not_found', 'There is no such queue.');
  return name;
}

/** The queue of tasks with this name. Throws `not_found`. */
export function checkTaskQueue(name: string): NonNullable<ReturnType<typeof queueNamed>> {
  const queue = queueNamed(name);
  if (!queue) throw new AppError('not_found', 'There is no such queue.');
  return queue;
}

/** Records an operator's act in the operators' log, in the act's own transaction. */
export async function recordAction(
  tx: Tx,
  context: OperatorContext,
  entry: {
    action: OperatorAction;
    target: string;
    orgId?: string;
    reason: string;
    detail?: Record<string, string | number | null>;
  },
): Promise<void> {
  await tx.db
    .insertInto('operator_actions')
    .values({
      id: newId(),
      operator_id: context.actor.userId,
      action: entry.action,
      target: entry.target,
      org_id: entry.orgId ?? null,
      reason: entry.reason,
      detail: JSON.stringify(entry.detail ?? {}),
      request_id: context.requestId,
    })
    .execute();
}

/** Tells the organisation in its own audit log that an operator acted on it or on one of its tasks. */
export async function auditForOrganization(
  tx: Tx,
  context: OperatorContext,
  entry: {
    orgId: string;
    action: AuditAction;
    targetId: string;
    changes?: { before: AuditFacts; after: AuditFacts };
  },
): Promise<void> {
  await tx.db
    .insertInto('audit_entries')
    .values({
      org_id: entry.orgId,
      id: newId(),
      actor_type: 'operator',
      actor_id: context.actor.userId,
      action: entry.action,
      target_type: entry.action.split('.')[0] ?? entry.action,
      target_id: entry.targetId,
      request_id: context.requestId,
      before: entry.changes ? JSON.stringify(entry.changes.before) : null,
      after: entry.changes ? JSON.stringify(entry.changes.after) : null,
    })
    .execute();
}
