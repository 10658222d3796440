import { createHmac } from 'node:crypto';

/**
 * The token in the link that answers an approval without signing in. Only who has the secret can make it, and makes
 * the same one again; it is good until the approval is over.
 */
export function approvalToken(
  secret: string,
  { orgId, approvalId }: { orgId: string; approvalId: string },
): string {
  return createHmac('sha256', secret)
    .update(`approval\n${orgId}\n${approvalId}`)
    .digest('base64url');
}
