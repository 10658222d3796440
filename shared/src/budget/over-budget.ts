import { AppError } from '../errors.ts';

/** The refusal behind SQLSTATE DS402, with what is left and what would have been needed. */
export function overBudget(cause: unknown): AppError {
  const detail: unknown =
    cause instanceof Error && 'detail' in cause && typeof cause.detail === 'string'
      ? JSON.parse(cause.detail)
      : {};
  const { limit = 0, remaining = 0, needed = 0 } = detail as Record<string, number>;
  return new AppError(
    'budget_exceeded',
    `This task would set aside ${dollars(needed)}; ${dollars(remaining)} of this month's ${dollars(limit)} are left. ` +
      'Raise the budget under Usage, or wait for the next month. Running tasks finish.',
    { cause },
  );
}

function dollars(nano: number): string {
  const amount = nano / 1e9;
  return `$${amount.toFixed(amount >= 1 || amount === 0 ? 2 : 4)}`;
}
