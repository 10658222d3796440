import { describe, expect, test } from '@jest/globals';
import { createLogger } from '../src/log.ts';

function linesOf(write: (log: ReturnType<typeof createLogger>) => void): string {
  let written = '';
  write(createLogger('test', 'info', { write: (line: string) => (written += line) }));
  return written;
}

describe('the log', () => {
  test.each([
    ['a header', { req: { headers: { authorization: 'Bearer canary', cookie: 'canary' } } }],
    [
      'a nested secret',
      { settings: { secret: 'canary', apiKey: 'canary', password: 'canary', token: 'canary' } },
    ],
    [
      'a bare secret',
      {
        password: 'canary',
        token: 'canary',
        apiKey: 'canary',
        secret: 'canary',
        authorization: 'canary',
      },
    ],
  ])('never writes %s', (_name, entry) => {
    const line = linesOf((log) => log.info(entry, 'something happened'));
    expect(line).toContain('something happened');
    expect(line).not.toContain('canary');
  });

  test('never writes the row of an error of the database', () => {
    const error = Object.assign(new Error('new row violates check constraint'), {
      code: '23514',
      detail: 'Failing row contains (canary).',
      where: 'SQL statement "update tasks set title = canary"',
    });
    const line = linesOf((log) => log.error({ err: error }, 'request failed'));
    expect(line).toContain('23514');
    expect(line).not.toContain('canary');
  });
});
