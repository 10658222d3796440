import { expect, test } from '@jest/globals';
import { type JudgedQueue, operationsVerdict } from '../lib/operations-verdict.ts';

const quiet: JudgedQueue = {
  queue: 'tasks.claude',
  ready: 0,
  active: 0,
  deadLetters: 0,
  oldestReadySeconds: null,
  paused: null,
};
const verdict = (changed: Partial<JudgedQueue>, workers = 1) =>
  operationsVerdict([{ ...quiet, ...changed }], workers);

test('all is well when nothing waits long, nothing is dead and a worker lives', () => {
  expect(verdict({ ready: 3, oldestReadySeconds: 5 })).toEqual({
    level: 'well',
    title: 'Everything flows',
    causes: [],
  });
});

test('without a worker nothing else matters', () => {
  expect(verdict({ ready: 1, deadLetters: 3 }, 0)).toMatchObject({
    level: 'bad',
    causes: ['No worker is alive, 1 job waiting: start one.'],
  });
});

test('a pause is named with who and why, and not blamed on the workers', () => {
  const { level, causes } = verdict({
    ready: 2,
    oldestReadySeconds: 600,
    paused: { by: 'Opal', reason: 'provider is down' },
  });
  expect(level).toBe('attention');
  expect(causes).toEqual(['tasks.claude is paused by Opal (“provider is down”); 2 jobs waiting.']);
});

test('a long wait tells busy workers from workers that take nothing', () => {
  expect(verdict({ ready: 9, active: 10, oldestReadySeconds: 120 }).causes[0]).toContain(
    'more workers would help',
  );
  expect(verdict({ ready: 9, active: 0, oldestReadySeconds: 120 }).causes[0]).toContain(
    'workers are alive but take nothing',
  );
});
