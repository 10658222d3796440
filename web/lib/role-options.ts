import type { MemberRole } from '@devsphere/shared/access/permissions.ts';

/** Roles to choose from, as a select shows them. */
export function roleOptions(
  roles: readonly MemberRole[],
): Array<{ value: MemberRole; label: string }> {
  return roles.map((value) => ({ value, label: `${value[0]?.toUpperCase()}${value.slice(1)}` }));
}
