/** Ascending: each role may do what the ones before it may. */
export const memberRoles = ['viewer', 'member', 'admin', 'owner'] as const;
export type MemberRole = (typeof memberRoles)[number];

/** The least role that may do a thing in its organisation; the database holds the same list and enforces it. */
export const permissions = {
  'organization.read': 'viewer',
  'organization.update': 'admin',
  'organization.pause': 'admin',
  'organization.delete': 'owner',
  'organization.export': 'owner',
  'members.read': 'viewer',
  'members.manage': 'admin',
  'tasks.read': 'viewer',
  'tasks.submit': 'member',
  'schedules.read': 'viewer',
  'schedules.manage': 'member',
  'usage.read': 'viewer',
  'budgets.manage': 'admin',
  'audit.read': 'admin',
  'api_keys.manage': 'admin',
  'integrations.manage': 'admin',
  'webhooks.manage': 'admin',
} as const satisfies Record<string, MemberRole>;

export type Permission = keyof typeof permissions;

/** The roles that a role may give and take: none above itself. */
export function grantableRoles(role: MemberRole): readonly MemberRole[] {
  return memberRoles.slice(0, memberRoles.indexOf(role) + 1);
}

/** Whether a role has a permission; for what to show, never instead of asking the database. */
export function roleMay(role: MemberRole, permission: Permission): boolean {
  return memberRoles.indexOf(role) >= memberRoles.indexOf(permissions[permission]);
}
