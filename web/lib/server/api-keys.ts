import 'server-only';
import { type ApiKeySummary, listApiKeysQuery } from '@devsphere/shared/contracts/http/api-key.ts';
import { listApiKeys } from '@devsphere/shared/queries/list-api-keys.ts';
import { listPeople } from '@devsphere/shared/queries/list-people.ts';
import { webEnv } from '../env.ts';
import type { SearchParams } from './list-query.ts';
import type { OrganizationScope } from './organization.ts';
import { database } from './services.ts';

const pageSize = 25;

/** `createdByName` is null for somebody who has left the organisation. */
export type ListedApiKey = ApiKeySummary & { createdByName: string | null };
export type ApiKeyListPage = {
  apiKeys: ListedApiKey[];
  nextCursor: string | null;
  /** Where programs reach the API. */
  apiUrl: string;
};

/** The page of an organisation's API keys that the address asks for. */
export async function loadApiKeys(
  { person, organization }: OrganizationScope,
  { before }: SearchParams,
): Promise<ApiKeyListPage> {
  const wanted = listApiKeysQuery.safeParse({ before, limit: pageSize });
  const query = wanted.success ? wanted.data : { limit: pageSize };
  const page = await listApiKeys(database(), person, organization.orgId, query);
  const makers = [...new Set(page.apiKeys.map(({ createdBy }) => createdBy))];
  const people = await listPeople(database(), person, makers);
  const names = new Map(people.map(({ userId, displayName }) => [userId, displayName]));
  const { API_PUBLIC_URL, API_URL } = webEnv();
  return {
    nextCursor: page.nextCursor,
    apiUrl: (API_PUBLIC_URL ?? API_URL).replace(/\/$/, ''),
    apiKeys: page.apiKeys.map((key) => ({
      ...key,
      createdByName: names.get(key.createdBy) ?? null,
    })),
  };
}
