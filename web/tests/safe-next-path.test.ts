import { describe, expect, it } from '@jest/globals';
import { safeLink } from '../lib/safe-link.ts';
import { safeNextPath } from '../lib/safe-next-path.ts';

describe('where to go after signing in', () => {
  it.each([
    ['/acme/tasks', '/acme/tasks'],
    ['/acme/tasks?state=failed', '/acme/tasks?state=failed'],
    ['/a/../b', '/b'],
  ])('goes to %s', (next, path) => expect(safeNextPath(next)).toBe(path));

  it.each([
    undefined,
    null,
    '',
    'acme',
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    'javascript:alert(1)',
    `/${'a'.repeat(3_000)}`,
  ])('never leaves this site for %j', (next) => expect(safeNextPath(next)).toBe('/'));
});

describe('links in a model’s text', () => {
  it.each(['https://example.com/', 'http://example.com/a?b=c', 'mailto:a@example.com'])(
    'keeps %s',
    (link) => expect(safeLink(link)).toBe(link),
  );
  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    '/acme/tasks',
    '',
  ])('drops %j', (link) => expect(safeLink(link)).toBe(''));
});
