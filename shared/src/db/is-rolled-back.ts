/** One transaction's outcome is not known for sure: nothing is written a second time. Source: appendix "PostgreSQL Error Codes". */
const uncertainClasses = ['08', '53', '57', '58', 'XX'];

/** Whether the server itself refused a statement, so that nothing of its transaction can have been committed. */
export function isRolledBack(error: unknown): boolean {
  const state = error instanceof Error && 'code' in error ? error.code : undefined;
  return (
    typeof state === 'string' &&
    /^[0-9A-Z]{5}$/.test(state) &&
    !uncertainClasses.includes(state.slice(0, 2))
  );
}
