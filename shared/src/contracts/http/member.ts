import { z } from 'zod';
import { memberRoles } from '../../access/permissions.ts';

export const member = z
  .object({
    userId: z.uuid(),
    displayName: z.string(),
    email: z.string(),
    role: z.enum(memberRoles),
    joinedAt: z.iso.datetime(),
  })
  .meta({ id: 'Member' });

export const memberPage = z
  .object({
    members: z.array(member),
    nextCursor: z
      .uuid()
      .nullable()
      .meta({ description: 'Pass as `after` for those who joined later; null at the end.' }),
  })
  .meta({ id: 'MemberPage' });

export const listMembersQuery = z.strictObject({
  after: z
    .uuid()
    .optional()
    .meta({ description: 'Members who joined after this person: the `nextCursor` before.' }),
  limit: z.coerce.number().int().min(1).max(100).default(25),
});

export const changeRoleBody = z
  .strictObject({ role: z.enum(memberRoles) })
  .meta({ id: 'ChangeRole' });

export type Member = z.output<typeof member>;
export type MemberPage = z.output<typeof memberPage>;
export type ListMembersQuery = z.output<typeof listMembersQuery>;
