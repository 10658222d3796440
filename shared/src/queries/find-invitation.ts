import type { MemberRole } from '../access/permissions.ts';
import type { Actor } from '../db/actor.ts';
import type { Database } from '../db/database.ts';
import { asActor } from '../db/doors.ts';
import { tokenHash } from '../invitation-token.ts';

/** What the holder of a link may know. */
export type InvitationOfLink = {
  slug: string;
  organizationName: string;
  email: string;
  role: MemberRole;
  state: 'pending' | 'accepted' | 'revoked' | 'expired';
  /** Null when that person is gone. */
  invitedByName: string | null;
  expiresAt: Date;
  /** Whether the reader is who accepted it. */
  acceptedByReader: boolean;
};

/** The invitation a link belongs to; null for a link that is none, whoever asks. */
export async function findInvitation(
  database: Database,
  reader: Actor,
  token: string,
): Promise<InvitationOfLink | null> {
  const hash = tokenHash(token);
  if (!hash) return null;
  const { rows } = await asActor(database, reader, (tx) =>
    tx.query<InvitationOfLink>(
      `select slug, org_name as "organizationName", email, role, state, invited_by_name as "invitedByName",
              expires_at as "expiresAt", accepted_by_reader as "acceptedByReader"
       from app.read_invitation($1)`,
      [hash],
    ),
  );
  return rows[0] ?? null;
}
