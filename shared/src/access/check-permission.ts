import { AppError } from '../errors.ts';
import { type MemberRole, type Permission, permissions, roleMay } from './permissions.ts';

/** Throws `forbidden`, naming the role that is missing: for reads, where row-level security would show an empty list. */
export function checkPermission(role: MemberRole, permission: Permission): void {
  if (!roleMay(role, permission)) throw missingRole(role, permission);
}

/** The refusal of a member whose role is too low. */
export function missingRole(role: MemberRole, permission: Permission, cause?: unknown): AppError {
  return new AppError(
    'forbidden',
    `Your role here is ${role}; this needs the role ${permissions[permission]} or higher.`,
    { cause },
  );
}
