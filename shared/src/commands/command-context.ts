import type { PgBoss } from 'pg-boss';
import { missingRole } from '../access/check-permission.ts';
import type { Permission } from '../access/permissions.ts';
import type { AuditAction } from '../audit-actions.ts';
import { type AuditFacts, changedFacts } from '../audit-changes.ts';
import type { Actor } from '../db/actor.ts';
import type { Database } from '../db/database.ts';
import type { Tx } from '../db/doors.ts';
import { asActor } from '../db/doors.ts';
import { AppError } from '../errors.ts';
import { newId } from '../ids.ts';
import type { Origin } from '../origin.ts';

export type Person = Actor & { type: 'person' };
export type ApiKey = Actor & { type: 'api_key' };
/** Who may ask for things of an organisation: a person, or a program by its key. */
export type Caller = Person | ApiKey;

/** Who commands, and with what. Only a command that takes a `CommandContext<Caller>` is open to programs. */
export type CommandContext<A extends Caller = Person> = {
  database: Database;
  boss: PgBoss;
  actor: A;
  /** Finds the log lines of the request that commanded; null outside a request. */
  requestId: string | null;
  /** Where the request came from; absent outside a request. */
  origin?: Origin;
};

/** Records a command in the audit log of its organisation, in the command's own transaction. */
export async function audit(
  tx: Tx,
  context: CommandContext<Caller>,
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
      actor_type: context.actor.type,
      actor_id: actorId(context.actor),
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

/** The id by which the audit log knows whoever acts. */
export function actorId(actor: Caller): string {
  return actor.type === 'person' ? actor.userId : actor.keyId;
}

/** Why row-level security refused a write: a stranger learns nothing, a member what role, a program what scope is missing. */
export async function refusal(
  { database, actor }: CommandContext<Caller>,
  orgId: string,
  permission: Permission,
  cause: unknown,
): Promise<AppError> {
  if (actor.type === 'api_key') {
    return actor.orgId === orgId
      ? missingScope(permission, cause)
      : new AppError('not_found', 'There is no such organisation, or this key is not for it.', {
          cause,
        });
  }
  const membership = await asActor(database, actor, (tx) =>
    tx.db
      .selectFrom('memberships')
      .select('role')
      .where('org_id', '=', orgId)
      .where('user_id', '=', actor.userId)
      .executeTakeFirst(),
  );
  if (!membership)
    return new AppError('not_found', 'There is no such organisation, or you do not belong to it.', {
      cause,
    });
  return missingRole(membership.role, permission, cause);
}

/** What a program is told whose key lacks a scope. */
export function missingScope(permission: Permission, cause?: unknown): AppError {
  return new AppError('forbidden', `This needs an API key with the scope ${permission}.`, {
    cause,
  });
}

/** The SQLSTATE of a database error; undefined for any other. */
export function sqlState(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
}
