import type { PgBoss } from 'pg-boss';
import { missingRole } from '../access/check-permission.ts';
import type { Permission } from '../access/permissions.ts';
import type { AuditAction } from '../audit-actions.ts';
import { type AuditFacts, changedFacts } from '../audit-changes.ts';
import type { Database } from '../db/database.ts';
import type { Actor, Tx } from '../db/doors.ts';
import { asActor } from '../db/doors.ts';
import { AppError } from '../errors.ts';
import { newId } from '../ids.ts';
import type { Origin } from '../origin.ts';

export type Person = Actor & { type: 'person' };

/** Who commands, and with what. */
export type CommandContext = {
  database: Database;
  boss: PgBoss;
  actor: Person;
  /** Finds the log lines of the request that commanded; null outside a request. */
  requestId: string | null;
  /** Where the request came from; absent outside a request. */
  origin?: Origin;
};

/** Records a command in the audit log of its organisation, in the command's own transaction. */
export async function audit(
  tx: Tx,
  context: CommandContext,
  entry: {
    orgId: string;
    action: AuditAction;
    targetId: string;
    detail?: Record<string, string | number | null>;
    /** What changed; only the fields that differ are stored, so whole things may be given. Never a secret. */
    changes?: { before: AuditFacts; after: AuditFacts };
  },
): Promise<void> {
  const changes = entry.changes && changedFacts(entry.changes.before, entry.changes.after);
  await tx.db
    .insertInto('audit_entries')
    .values({
      org_id: entry.orgId,
      id: newId(),
      actor_type: 'person',
      actor_id: context.actor.userId,
      action: entry.action,
      target_type: entry.action.split('.')[0] ?? entry.action,
      target_id: entry.targetId,
      request_id: context.requestId,
      detail: JSON.stringify(entry.detail ?? {}),
      address: context.origin?.address ?? null,
      user_agent: context.origin?.userAgent ?? null,
      before: changes ? JSON.stringify(changes.before) : null,
      after: changes ? JSON.stringify(changes.after) : null,
    })
    .execute();
}

/** Why row-level security refused a write: a stranger learns nothing, a member learns what role is missing. */
export async function refusal(
  context: CommandContext,
  orgId: string,
  permission: Permission,
  cause: unknown,
): Promise<AppError> {
  const membership = await asActor(context.database, context.actor, (tx) =>
    tx.db
      .selectFrom('memberships')
      .select('role')
      .where('org_id', '=', orgId)
      .where('user_id', '=', context.actor.userId)
      .executeTakeFirst(),
  );
  if (!membership)
    return new AppError('not_found', 'There is no such organisation, or you do not belong to it.', {
      cause,
    });
  return missingRole(membership.role, permission, cause);
}

/** The SQLSTATE of a database error; undefined for any other. */
export function sqlState(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
}
