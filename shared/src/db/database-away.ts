/** Refused or lost connections, a name that nobody knows right now, shutting down, starting up, too many clients, a timed-out statement. */
const awayCodes: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '57014',
  '08006',
  '08003',
]);

/** What `pg` says without a code: no connection in time, one that ended, one that answers nothing. */
const awayMessages =
  /^(timeout exceeded when trying to connect|Connection terminated|Client was closed|Client has encountered a connection error|Query read timeout)/;

/** Whether an error says that the database can't be reached or can't answer right now: asking again later may help. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('code' in error && typeof error.code === 'string' && awayCodes.has(error.code)) return true;
  return awayMessages.test(error.message);
}

/** A deadlock, a conflict, somebody else's lock; no room on its disk or in its memory; a disk that fails. */
const busyCodes: ReadonlySet<string> = new Set([
  '40001',
  '40P01',
  '55P03',
  '53100',
  '53200',
  '58030',
]);

/** Whether the database refused a transaction for a reason that is not the transaction's own: later it may take it. */
export function isDatabaseBusy(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    busyCodes.has(error.code)
  );
}
