import { errorForLogs } from '@devsphere/shared/log.ts';
import { expect, test } from '@jest/globals';
import { ApprovalNeeded } from '../src/runner/ask-approval.ts';

test('what a task asks a person never reaches a log, however its attempt ends', () => {
  const needed = new ApprovalNeeded({
    id: 'x',
    stepKey: 'approval-1',
    title: 'canary',
    form: { canary: true },
    proposal: { markdown: 'canary' },
    fallback: { markdown: 'canary' },
    waitSeconds: 60,
    linkHash: 'canary',
  });
  const logged = JSON.stringify([errorForLogs(needed), { ...needed }]);
  expect(logged).toContain('the task waits for a person');
  expect(logged).not.toContain('canary');
  expect(needed.question.proposal).toEqual({ markdown: 'canary' });
});
