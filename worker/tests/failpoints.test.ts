import { expect, test } from '@jest/globals';
import { armFailpoints, failpoint, failpointsSchema } from '../src/failpoints.ts';

test('a failpoint nobody armed does nothing', () => {
  expect(() => failpoint('before-call')).not.toThrow();
});

test('an armed failpoint strikes at the passing it was told, and once', () => {
  armFailpoints(failpointsSchema.parse('before-call=throw@2'));
  expect(() => failpoint('before-call')).not.toThrow();
  expect(() => failpoint('before-call')).toThrow('failpoint before-call');
  expect(() => failpoint('before-call')).not.toThrow();
});

test.each(['before-lunch=kill', 'before-call=explode', 'before-call', 'before-call=kill@0'])(
  '%s is refused at boot',
  (text) => expect(failpointsSchema.safeParse(text).success).toBe(false),
);
