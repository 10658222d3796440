import { createHash } from 'node:crypto';
import type { TaskFailure } from './outcome.ts';

/**
 * The same for failures of the same making, so that they can be counted together: the code, and the innermost cause
 * without what differs from case to case. A digest, so that nothing of the message can be read from it.
 */
export function errorFingerprint(failure: TaskFailure): string {
  const cause = innermost(failure);
  const made =
    cause instanceof Error && cause !== failure ? `${cause.name} ${general(cause.message)}` : '';
  return createHash('sha256').update(`${failure.code} ${made}`).digest('hex').slice(0, 12);
}

function innermost(error: Error): unknown {
  let cause: unknown = error;
  for (let depth = 0; depth < 8 && cause instanceof Error && cause.cause !== undefined; depth++)
    cause = cause.cause;
  return cause;
}

function general(message: string): string {
  return message
    .slice(0, 500)
    .replace(/"[^"]*"|'[^']*'/g, '*')
    .replace(/[0-9a-f]{8,}(-[0-9a-f]{4,})*/gi, '*')
    .replace(/\d+/g, '*');
}
