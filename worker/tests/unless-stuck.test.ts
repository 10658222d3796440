import { expect, test } from '@jest/globals';
import { unlessStuck } from '../src/runner/unless-stuck.ts';

const never = new Promise<string>(() => {});

test('what ends by itself is what it comes to, stopped or not', async () => {
  expect(await unlessStuck(Promise.resolve('done'), new AbortController().signal)).toBe('done');
  expect(await unlessStuck(Promise.resolve('done'), AbortSignal.abort('deadline'), 1_000)).toBe(
    'done',
  );
});

test('what goes on for ever after it was stopped is left behind', async () => {
  const controller = new AbortController();
  const left = unlessStuck(never, controller.signal, 10);
  controller.abort('deadline');
  await expect(left).rejects.toThrow('after it was stopped: deadline');
  await expect(unlessStuck(never, AbortSignal.abort('cancelled'), 10)).rejects.toThrow('cancelled');
});
