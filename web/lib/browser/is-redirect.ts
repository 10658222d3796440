/** Whether a server action ended by leading to another page, which the framework tells by throwing. */
export function isRedirect(error: unknown): boolean {
  return error instanceof Error && 'digest' in error && String(error.digest).startsWith('NEXT_');
}
