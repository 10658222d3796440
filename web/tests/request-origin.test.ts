import { describe, expect, test } from '@jest/globals';
import { isForeignChange } from '../lib/request-origin.ts';

const site = 'https://app.example.com';
const foreign = (headers: Record<string, string>, method = 'POST') =>
  isForeignChange(method, new Headers(headers), site);

describe('a request that may change something', () => {
  test.each<[string, Record<string, string>, boolean]>([
    ['from this site', { origin: site }, false],
    [
      'from the host it was sent to',
      { origin: 'http://127.0.0.1:3000', host: '127.0.0.1:3000' },
      false,
    ],
    ['from another site', { origin: 'https://evil.example' }, true],
    ['from a site whose name begins alike', { origin: `${site}.evil.example` }, true],
    ['from another port', { origin: `${site}:8443` }, true],
    ['from a page without an origin of its own', { origin: 'null' }, true],
    ['from another site that hides its origin', { 'sec-fetch-site': 'cross-site' }, true],
    ['from a neighbouring site that hides its origin', { 'sec-fetch-site': 'same-site' }, true],
    ['typed by the visitor', { 'sec-fetch-site': 'none' }, false],
    ['from no browser', {}, false],
  ])('%s: foreign is decided by its headers', (_name, headers, expected) => {
    expect(foreign(headers)).toBe(expected);
  });

  test('is not one that only reads', () => {
    expect(foreign({ origin: 'https://evil.example' }, 'GET')).toBe(false);
  });
});
