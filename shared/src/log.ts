import { pino, stdSerializers } from 'pino';

export type Logger = pino.Logger;

/** Paths that never reach a log line, whoever logs them. */
export const redactedPaths = [
  'authorization',
  'cookie',
  'password',
  'token',
  'apiKey',
  'secret',
  '*.authorization',
  '*.cookie',
  '*.password',
  '*.token',
  '*.apiKey',
  '*.secret',
  'req.headers.authorization',
  'req.headers.cookie',
  'res.headers["set-cookie"]',
];

/** Whatever else an error carries may be somebody's content: the row that a constraint refused, a question, an answer. */
const shownOfErrors = [
  'type',
  'message',
  'stack',
  'code',
  'class',
  'status',
  'requestID',
  'retryAfterSeconds',
  'errno',
  'syscall',
  'address',
  'port',
  'severity',
  'schema',
  'table',
  'column',
  'constraint',
  'routine',
];

/** An error as logs show it: what kind it is, what it says, and where. */
export function errorForLogs(error: unknown): Record<string, unknown> {
  const all = Object.entries(stdSerializers.err(error as Error) ?? {});
  return Object.fromEntries(all.filter(([name]) => shownOfErrors.includes(name)));
}

/** One JSON line an event, on standard output; `destination` is for tests. */
export function createLogger(
  name: string,
  level: string,
  destination?: pino.DestinationStream,
): Logger {
  return pino(
    {
      name,
      level,
      redact: { paths: redactedPaths, censor: '[hidden]' },
      serializers: { err: errorForLogs },
    },
    destination ?? pino.destination({ dest: 1, sync: false }),
  );
}
