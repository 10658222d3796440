import 'server-only';
import { approvalToken } from '@devsphere/shared/approvals/approval-token.ts';
import {
  type ApprovalOfLink,
  findApprovalOfLink,
} from '@devsphere/shared/queries/approvals/find-approval-link.ts';
import { listApprovals } from '@devsphere/shared/queries/approvals/list-approvals.ts';
import { notFound } from 'next/navigation';
import { webEnv } from '../env.ts';
import type { OrganizationScope } from './organization.ts';
import { database } from './services.ts';

/** The link that answers an approval without signing in; undefined when it is not open. */
export async function approvalLink(
  { person, organization: { orgId } }: OrganizationScope,
  { taskId, approvalId }: { taskId: string; approvalId: string },
): Promise<string | undefined> {
  const asked = await listApprovals(database(), person, orgId, taskId);
  if (!asked.some(({ id, state }) => id === approvalId && state === 'open')) return undefined;
  const { LINK_SECRET, WEB_URL } = webEnv();
  return `${WEB_URL}/approvals/${approvalToken(LINK_SECRET, { orgId, approvalId })}`;
}

/** The approval a link belongs to, for whoever holds the link; the 404 page for what is no link. */
export async function requireApprovalOfLink(token: string): Promise<ApprovalOfLink> {
  return (await findApprovalOfLink(database(), token)) ?? notFound();
}
