import { z } from 'zod';
import { memberRoles } from '../../access/permissions.ts';

export const invitationStates = ['pending', 'accepted', 'revoked', 'expired'] as const;

/** How long a link in an invitation is good for. */
export const invitationDays = 7;

const timestamp = z.iso.datetime();

export const inviteMemberBody = z
  .strictObject({
    email: z
      .string()
      .trim()
      .toLowerCase()
      .max(254)
      .pipe(z.email('Enter an email address, such as name@example.com'))
      .meta({ examples: ['name@example.com'] }),
    role: z.enum(memberRoles),
  })
  .meta({ id: 'InviteMember' });

export const acceptInvitationBody = z
  .strictObject({
    token: z.string().max(200).meta({ description: 'The last part of the link in the mail.' }),
  })
  .meta({ id: 'AcceptInvitation' });

export const invitation = z
  .object({
    id: z.uuid(),
    email: z.string(),
    role: z.enum(memberRoles),
    state: z.enum(invitationStates),
    invitedBy: z.uuid(),
    createdAt: timestamp,
    mailedAt: timestamp.nullable().meta({ description: 'Null while the mail is on its way.' }),
    expiresAt: timestamp,
  })
  .meta({ id: 'Invitation' });

export const invitationPage = z
  .object({
    invitations: z.array(invitation),
    nextCursor: z
      .uuid()
      .nullable()
      .meta({ description: 'Pass as `before` for older ones; null at the end.' }),
  })
  .meta({ id: 'InvitationPage' });

export const listInvitationsQuery = z.strictObject({
  before: z
    .uuid()
    .optional()
    .meta({ description: 'Invitations older than this id: the `nextCursor` before.' }),
  limit: z.coerce.number().int().min(1).max(100).default(25),
});

export type Invitation = z.output<typeof invitation>;
export type InvitationPage = z.output<typeof invitationPage>;
export type ListInvitationsQuery = z.output<typeof listInvitationsQuery>;
export type InviteMemberBody = z.output<typeof inviteMemberBody>;
