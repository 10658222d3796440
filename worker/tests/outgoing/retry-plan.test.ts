import { expect, test } from '@jest/globals';
import { defaultRetryPlan, retryDelaySeconds } from '../../src/outgoing/retry-plan.ts';

const delays = (random: number) =>
  defaultRetryPlan.delaysSeconds.map(
    (_, attempt) => retryDelaySeconds(defaultRetryPlan, attempt, undefined, random) ?? 0,
  );

test('a message is tried for about a day, at growing distances, spread by a fifth', () => {
  const day = 24 * 3_600;
  const total = delays(0.5).reduce((sum, delay) => sum + delay, 0);
  expect(total).toBeGreaterThan(day);
  expect(total).toBeLessThan(1.2 * day);
  expect(delays(0.5)).toEqual([...delays(0.5)].sort((a, b) => a - b));
  for (const [index, delay] of delays(0).entries())
    expect(delay).toBeLessThan(delays(0.999)[index] ?? 0);
});

test('the last attempt is the last, and a receiver may ask for longer, up to an hour', () => {
  const last = defaultRetryPlan.delaysSeconds.length;
  expect(retryDelaySeconds(defaultRetryPlan, last, undefined)).toBeUndefined();
  expect(retryDelaySeconds(defaultRetryPlan, 0, 120)).toBe(120);
  expect(retryDelaySeconds(defaultRetryPlan, 0, 1e9)).toBe(3_600);
});
