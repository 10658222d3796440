import { describe, expect, test } from '@jest/globals';
import { contentSecurityPolicy } from '../lib/content-security-policy.ts';

const rulesOf = (isDevelopment: boolean, isSecure: boolean) =>
  new Map(
    contentSecurityPolicy('abc', { isDevelopment, isSecure })
      .split('; ')
      .map((rule) => [rule.split(' ')[0] ?? '', rule]),
  );

describe('the policy of a page', () => {
  test('runs scripts with its nonce only, whatever it is served over', () => {
    for (const isSecure of [false, true])
      expect(rulesOf(false, isSecure).get('script-src')).toBe(
        `script-src 'self' 'nonce-abc' 'strict-dynamic'`,
      );
  });

  test('evaluates nothing and opens no socket but while it is developed', () => {
    expect(contentSecurityPolicy('abc', { isDevelopment: false, isSecure: true })).not.toMatch(
      /unsafe-eval|ws:/,
    );
    expect(rulesOf(true, false).get('script-src')).toContain(`'unsafe-eval'`);
  });

  test('asks for https only where there is https', () => {
    expect(rulesOf(false, true).has('upgrade-insecure-requests')).toBe(true);
    expect(rulesOf(false, false).has('upgrade-insecure-requests')).toBe(false);
  });
});
