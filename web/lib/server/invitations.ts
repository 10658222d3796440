import 'server-only';
import {
  type InvitationPage,
  listInvitationsQuery,
} from '@devsphere/shared/contracts/http/invitation.ts';
import {
  findInvitation,
  type InvitationOfLink,
} from '@devsphere/shared/queries/find-invitation.ts';
import { listInvitations } from '@devsphere/shared/queries/list-invitations.ts';
import { notFound } from 'next/navigation';
import type { SearchParams } from './list-query.ts';
import type { OrganizationScope } from './organization.ts';
import type { SignedInPerson } from './person.ts';
import { database } from './services.ts';

const pageSize = 25;

/** The invitation a link belongs to, for whoever holds the link; the 404 page for what is no link. */
export async function requireInvitation(
  person: SignedInPerson | null,
  token: string,
): Promise<InvitationOfLink> {
  return (await findInvitation(database(), person ?? { type: 'visitor' }, token)) ?? notFound();
}

/** The page of an organisation's open and expired invitations that the address asks for. */
export async function loadInvitations(
  { person, organization }: OrganizationScope,
  { before }: SearchParams,
): Promise<InvitationPage> {
  const wanted = listInvitationsQuery.safeParse({ before, limit: pageSize });
  const query = wanted.success ? wanted.data : { limit: pageSize };
  return listInvitations(database(), person, organization.orgId, query);
}
