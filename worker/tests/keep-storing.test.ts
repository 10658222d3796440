import { describe, expect, test } from '@jest/globals';
import { keepStoring } from '../src/runner/keep-storing.ts';

const away = () => Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
const running = new AbortController().signal;

describe('what was paid for', () => {
  test('is stored as soon as the database is back', async () => {
    const answers = [away(), away(), undefined];
    let stored = 0;
    const store = async () => {
      const error = answers.shift();
      if (error) throw error;
      stored += 1;
    };
    await keepStoring(running, store, async () => false);
    expect(stored).toBe(1);
  });

  test('is not stored twice when only the reply of its commit was lost', async () => {
    let stored = 0;
    const store = async () => {
      stored += 1;
      throw away();
    };
    await keepStoring(running, store, async () => stored > 0);
    expect(stored).toBe(1);
  });

  test('is not held on to when the work may no longer go on, nor when the database refuses it', async () => {
    const refused = Object.assign(new Error('no'), { code: '23505' });
    const refuse = async () => Promise.reject(refused);
    await expect(keepStoring(running, refuse, async () => false)).rejects.toBe(refused);
    const lost = away();
    const stopped = AbortSignal.abort('claim lost');
    await expect(
      keepStoring(
        stopped,
        async () => Promise.reject(lost),
        async () => false,
      ),
    ).rejects.toBe(lost);
  });
});
