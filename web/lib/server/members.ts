import 'server-only';
import { listMembersQuery, type MemberPage } from '@devsphere/shared/contracts/http/member.ts';
import { listMembers } from '@devsphere/shared/queries/list-members.ts';
import type { SearchParams } from './list-query.ts';
import type { OrganizationScope } from './organization.ts';
import { database } from './services.ts';

const pageSize = 25;

/** The page of an organisation's members that the address asks for. */
export async function loadMembers(
  { person, organization }: OrganizationScope,
  { after }: SearchParams,
): Promise<MemberPage> {
  const wanted = listMembersQuery.safeParse({ after, limit: pageSize });
  const query = wanted.success ? wanted.data : { limit: pageSize };
  return listMembers(database(), person, organization.orgId, query);
}
