import type { Approval } from '../../contracts/http/approval.ts';
import type { Database } from '../../db/database.ts';
import { asActor } from '../../db/doors.ts';
import { tokenHash } from '../../invitation-token.ts';

/** What the holder of a link may know. */
export type ApprovalOfLink = {
  orgId: string;
  organizationName: string;
  taskTitle: string;
  title: string;
  form: Approval['form'];
  /** Empty once it is over. */
  proposal: Approval['proposal'];
  state: Approval['state'];
  expiresAt: Date;
};

/** The approval a link belongs to; null for a link that is none. */
export async function findApprovalOfLink(
  database: Database,
  token: string,
): Promise<ApprovalOfLink | null> {
  const hash = tokenHash(token);
  if (!hash) return null;
  const { rows } = await asActor(database, { type: 'visitor' }, (tx) =>
    tx.query<ApprovalOfLink>(
      `select org_id as "orgId", org_name as "organizationName", task_title as "taskTitle", title, form, proposal, state,
              expires_at as "expiresAt"
       from app.read_approval_link($1)`,
      [hash],
    ),
  );
  return rows[0] ?? null;
}
