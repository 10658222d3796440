/** Refused or lost connections, shutting down, starting up, too many clients, a timed-out statement. */
const awayCodes: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '57014',
  '08006',
  '08003',
]);

/** Whether an error says that the database can't be reached or can't answer right now: asking again later may help. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('code' in error && typeof error.code === 'string' && awayCodes.has(error.code)) return true;
  return /^(timeout exceeded when trying to connect|Connection terminated|Client was closed)/.test(
    error.message,
  );
}
