import { AppError } from '../errors.ts';
import { type CommandContext, refusal } from './command-context.ts';

/** Which member of which organisation. */
export type MemberTarget = { orgId: string; userId: string };

/** What the database's functions about members answer when they changed nothing, as the error a person sees. */
export async function memberRefusal(
  context: CommandContext,
  orgId: string,
  outcome: string | undefined,
): Promise<AppError> {
  switch (outcome) {
    case 'not_found':
    case 'forbidden':
      return refusal(context, orgId, 'members.manage', undefined);
    case 'no_such_member':
      return new AppError('not_found', 'This person does not belong to the organisation.');
    case 'above_yours':
      return new AppError(
        'forbidden',
        'You can’t give a role above your own, nor change who has one.',
      );
    case 'last_owner':
      return new AppError(
        'conflict',
        'An organisation needs an owner. Make somebody else an owner first, or delete the organisation.',
      );
    default:
      return new AppError('internal', 'Members could not be changed.', {
        cause: new Error(`unknown outcome ${outcome}`),
      });
  }
}
