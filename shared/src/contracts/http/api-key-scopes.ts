import type { Permission } from '../../access/permissions.ts';

/**
 * What an API key can be given, and what each opens: the permissions that make sense without a person. Keys don't
 * change schedules, which run with a person's rights, and never manage people, keys or money. The database holds the same list.
 */
export const apiKeyScopes = {
  'tasks.read': 'List and read tasks, their results, and their event streams',
  'tasks.submit': 'Submit, cancel and retry tasks; reading them comes with it',
  'schedules.read': 'List and read schedules and their runs',
  'usage.read': 'Read usage and costs',
} as const satisfies Partial<Record<Permission, string>>;

export type ApiKeyScope = keyof typeof apiKeyScopes;

export const apiKeyScopeNames = Object.keys(apiKeyScopes) as [ApiKeyScope, ...ApiKeyScope[]];

/** The scopes a key gets that is asked to have these: what answers with a task can't go without reading tasks. */
export function completeScopes(scopes: readonly ApiKeyScope[]): ApiKeyScope[] {
  const wanted = new Set(scopes);
  if (wanted.has('tasks.submit')) wanted.add('tasks.read');
  return apiKeyScopeNames.filter((scope) => wanted.has(scope));
}
