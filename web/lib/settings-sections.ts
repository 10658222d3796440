import type { Permission } from '@devsphere/shared/access/permissions.ts';

export type SettingsSection = {
  /** Below `/<organisation>/settings/`. */
  path: string;
  label: string;
  /** Who sees it in the navigation; its page asks again by `requirePermission`. */
  permission: Permission;
};

/** The sections of an organisation's settings, in the order they are shown. */
export const settingsSections: readonly SettingsSection[] = [
  { path: 'general', label: 'General', permission: 'organization.read' },
  { path: 'members', label: 'Members', permission: 'members.read' },
  { path: 'plan', label: 'Plan', permission: 'organization.read' },
  { path: 'audit', label: 'Audit log', permission: 'audit.read' },
  { path: 'api-keys', label: 'API keys', permission: 'api_keys.manage' },
  { path: 'webhooks', label: 'Webhooks', permission: 'webhooks.manage' },
  { path: 'integrations', label: 'Integrations', permission: 'integrations.manage' },
  { path: 'data', label: 'Data', permission: 'organization.delete' },
];
