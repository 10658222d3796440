import type { Database } from '@devsphere/shared/db/database.ts';
import { asSystem } from '@devsphere/shared/db/doors.ts';
import { invitationToken, tokenHash } from '@devsphere/shared/invitation-token.ts';
import type { Mail } from './mail.ts';

export type MailLinks = {
  /** The address people type. */
  publicUrl: string;
  /** What tokens in links are derived from; browsers and programs never have it. */
  secret: string;
};

type Row = {
  email: string;
  role: string;
  nonce: string;
  expires_at: Date;
  name: string;
  inviter: string | null;
};

/**
 * Makes the link of an invitation, stores its hash, and writes the mail; null when the invitation is no longer open.
 * A second try makes the same link.
 */
export async function invitationMail(
  database: Database,
  { publicUrl, secret }: MailLinks,
  { orgId, id }: { orgId: string; id: string },
): Promise<Mail | null> {
  return asSystem(database, 'mail an invitation', async (tx) => {
    const { rows } = await tx.query<Row>(
      `select i.email, i.role, i.nonce, i.expires_at, o.name, p.display_name as inviter
       from invitations i join organizations o using (org_id) left join profiles p on p.user_id = i.invited_by
       where i.org_id = $1 and i.id = $2 and i.state = 'pending' and i.expires_at > now()`,
      [orgId, id],
    );
    const row = rows[0];
    if (!row) return null;
    const token = invitationToken(secret, { orgId, id, nonce: row.nonce });
    await tx.query(
      `update invitations set token_hash = $3, mailed_at = now()
       where org_id = $1 and id = $2 and nonce = $4 and state = 'pending'`,
      [orgId, id, tokenHash(token), row.nonce],
    );
    const messageId = `<${id}.${row.nonce}@${new URL(publicUrl).hostname}>`;
    return { ...written(row, `${publicUrl}/invitations/${token}`), to: row.email, messageId };
  });
}

function written({ name, role, inviter, expires_at }: Row, link: string) {
  const until = expires_at.toUTCString().replace(/:\d\d GMT$/, ' UTC');
  const who = inviter ?? 'Somebody';
  const facts = `${who} invited you to join ${name} on DevSphere OS as ${role}.`;
  const small = `The link works once and until ${until}. If you did not expect this mail, ignore it: nothing happens.`;
  return {
    subject: `Join ${name} on DevSphere OS`,
    text: `${facts}\n\nAccept the invitation:\n${link}\n\n${small}\n`,
    html: `<p>${escaped(facts)}</p><p><a href="${escaped(link)}">Accept the invitation</a></p><p>${escaped(small)}</p>`,
  };
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
