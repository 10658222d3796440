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

/** What PostgreSQL adds to an error of a row's own words, such as the whole row that a constraint refused. */
const ofRows = ['detail', 'where', 'internalQuery', 'hint'];

/** An error as logs show it: without what a row says. */
export function errorForLogs(error: unknown): Record<string, unknown> {
  const shown = Object.entries(stdSerializers.err(error as Error) ?? {});
  return Object.fromEntries(shown.filter(([name]) => !ofRows.includes(name)));
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
