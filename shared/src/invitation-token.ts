import { createHash, createHmac } from 'node:crypto';

/** What one link is made from; another nonce makes another link. */
export type InvitationLink = { orgId: string; id: string; nonce: string };

/** The token in the link of an invitation. Only who has the secret can make it, and makes the same one again. */
export function invitationToken(secret: string, { orgId, id, nonce }: InvitationLink): string {
  return createHmac('sha256', secret)
    .update(`invitation\n${orgId}\n${id}\n${nonce}`)
    .digest('base64url');
}

/** What is stored of a token; null for what can't be one. */
export function tokenHash(token: string): string | null {
  if (!/^[A-Za-z0-9_-]{43}$/.test(token)) return null;
  return createHash('sha256').update(token).digest('hex');
}
