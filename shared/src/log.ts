import { pino } from 'pino';

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

/** One JSON line an event, on standard output; `destination` is for tests. */
export function createLogger(
  name: string,
  level: string,
  destination?: pino.DestinationStream,
): Logger {
  return pino(
    { name, level, redact: { paths: redactedPaths, censor: '[hidden]' } },
    destination ?? pino.destination({ dest: 1, sync: false }),
  );
}
