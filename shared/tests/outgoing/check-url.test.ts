import { expect, test } from '@jest/globals';
import { checkOutgoingUrl } from '../../src/outgoing/check-url.ts';

const strict = { allowPrivateAddresses: false };

test.each([
  ['nonsense', /whole address/],
  ['ftp://example.com', /https/],
  ['http://example.com', /https/],
  ['javascript:alert(1)', /https/],
  ['https://ada:secret@example.com', /password/],
  ['https://example.com/#part', /#/],
  ['https://localhost/hook', /public internet/],
  ['https://intranet/hook', /public internet/],
  ['https://db.internal/', /public internet/],
  ['https://10.0.0.1/', /public internet/],
  ['https://2130706433/', /public internet/],
  ['https://[::1]/', /public internet/],
  ['https://169.254.169.254/latest/meta-data', /public internet/],
  ['https://example.com:25/', /port/],
])('%s is refused, naming the field', (url, reason) => {
  expect(() => checkOutgoingUrl(url, strict)).toThrow(
    expect.objectContaining({
      code: 'invalid_request',
      message: expect.stringMatching(reason),
      fields: [expect.objectContaining({ field: 'url' })],
    }),
  );
});

test('a public https address is taken in its normal form', () => {
  expect(checkOutgoingUrl('HTTPS://Example.com/a b', strict)).toBe('https://example.com/a%20b');
  expect(checkOutgoingUrl('https://example.com:8443/hook?x=1', strict)).toBe(
    'https://example.com:8443/hook?x=1',
  );
});
