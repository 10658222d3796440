import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { Silence } from '../src/silence.ts';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

test('a stream that says nothing for so long is given up, and one that speaks in time is not', () => {
  const [mute, talking] = [new Silence(10_000), new Silence(10_000)];
  for (let second = 1; second <= 11; second++) {
    jest.advanceTimersByTime(1_000);
    talking.broken();
  }
  expect(mute.signal.aborted).toBe(true);
  expect(talking.signal.aborted).toBe(false);
});

test('what a process finds when it wakes up is heard before its own absence counts as silence', () => {
  const silence = new Silence(10_000);
  jest.advanceTimersByTime(10_000);
  expect(silence.signal.aborted).toBe(false);
  silence.broken();
  jest.advanceTimersByTime(9_999);
  expect(silence.signal.aborted).toBe(false);
});

test('a stream that nobody listens to is not given up', () => {
  const silence = new Silence(10_000);
  jest.advanceTimersByTime(10_000);
  silence.ignore();
  jest.advanceTimersByTime(60_000);
  expect(silence.signal.aborted).toBe(false);
});
