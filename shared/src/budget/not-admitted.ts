import { sqlState } from '../commands/command-context.ts';
import { AppError } from '../errors.ts';
import { overBudget } from './over-budget.ts';

/** Waiting tasks start all the time: it is worth trying again soon. */
const tryAgainSeconds = 30;

/** The refusal behind an error of `admitTask`; undefined when it is something else. */
export function notAdmitted(error: unknown): AppError | undefined {
  switch (sqlState(error)) {
    case 'DS402':
      return overBudget(error);
    case 'DS429':
      return queueFull(error);
    default:
      return undefined;
  }
}

function queueFull(cause: unknown): AppError {
  const detail: unknown =
    cause instanceof Error && 'detail' in cause && typeof cause.detail === 'string'
      ? JSON.parse(cause.detail)
      : {};
  const { limit = 0 } = detail as Record<string, number>;
  return new AppError(
    'queue_full',
    `${limit.toLocaleString('en')} tasks of this organisation wait already, as many as its plan lets wait. ` +
      'Nothing was submitted: try again when some have started, or cancel some.',
    { cause, retryAfterSeconds: tryAgainSeconds },
  );
}
