import { AppError } from '../../errors.ts';

const sentences: Record<string, string> = {
  answered: 'This has been answered already.',
  timed_out: 'The time to answer this is over.',
  withdrawn: 'The task was stopped, so there is nothing to answer any more.',
};

/** Why an approval could not be answered, by what the database's functions say of it. */
export function approvalOver(outcome: string | undefined): AppError {
  return new AppError('conflict', sentences[outcome ?? ''] ?? 'This can’t be answered any more.');
}
