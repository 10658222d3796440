import { AppError } from '../errors.ts';
import type { CommandContext } from './command-context.ts';
import { memberRefusal } from './member-outcome.ts';

/** What the database's functions about invitations answer when they changed nothing, as the error a person sees. */
export async function invitationRefusal(
  context: CommandContext,
  orgId: string,
  outcome: string | undefined,
): Promise<AppError> {
  const field = (message: string) =>
    new AppError('conflict', `email: ${message}`, { fields: [{ field: 'email', message }] });
  switch (outcome) {
    case 'already_member':
      return field('This person is a member already.');
    case 'already_invited':
      return field('This address has an open invitation. Send that one again.');
    case 'no_seats':
      return new AppError(
        'conflict',
        'Every seat of the plan is taken by members and open invitations. Remove one first, or choose a larger plan.',
      );
    case 'no_such_invitation':
      return new AppError('not_found', 'There is no such invitation, or you may not see it.');
    case 'over':
      return new AppError('conflict', 'This invitation has been accepted or taken back.');
    case 'too_soon':
      return new AppError('conflict', 'It was sent less than a minute ago. Wait a moment.', {
        retryAfterSeconds: 60,
      });
    default:
      return memberRefusal(context, orgId, outcome);
  }
}
