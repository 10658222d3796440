import type { TaskEvent, TaskEventType } from '@devsphere/shared/contracts/events/task-event.ts';
import { describe, expect, it } from '@jest/globals';
import { applyEvents, emptyLiveTask, hasEnded } from '../lib/live-task.ts';

const error = { class: 'retry', code: 'overloaded', message: 'Busy' } as const;

/** Numbers events from 1, a second apart. */
function sequence(...entries: Array<[TaskEventType, unknown]>): TaskEvent[] {
  return entries.map(
    ([type, data], index) =>
      ({
        seq: index + 1,
        type,
        at: new Date(Date.UTC(2026, 0, 1, 0, 0, index)).toISOString(),
        data,
      }) as TaskEvent,
  );
}

const wholeRun = sequence(
  ['attempt.started', { attempt: 1, worker: 'w1' }],
  ['step.started', { step: 'answer', title: 'Write the answer' }],
  ['text', { step: 'answer', delta: 'Hel' }],
  ['text', { step: 'answer', delta: 'lo' }],
  [
    'usage',
    {
      inputTokens: 5,
      cacheReadTokens: 0,
      cacheWriteTokens: 0,
      outputTokens: 2,
      costNanoUsd: 30_000,
    },
  ],
  ['step.completed', { step: 'answer', title: 'Write the answer' }],
  ['task.ended', { state: 'succeeded', error: null }],
);

describe('a task followed by its events', () => {
  it('goes from queued to its end', () => {
    const task = applyEvents(emptyLiveTask('queued'), wholeRun);
    expect(task).toMatchObject({
      seq: 7,
      state: 'succeeded',
      text: { step: 'answer', content: 'Hello' },
    });
    expect(task.attempts).toMatchObject([
      { attempt: 1, state: 'succeeded', steps: [{ key: 'answer', state: 'done' }] },
    ]);
    expect(hasEnded(task)).toBe(true);
  });

  it('ends the same however the events are split, repeated or replayed', () => {
    const whole = applyEvents(emptyLiveTask('queued'), wholeRun);
    for (let cut = 0; cut <= wholeRun.length; cut += 1) {
      const first = applyEvents(emptyLiveTask('queued'), wholeRun.slice(0, cut));
      expect(applyEvents(first, wholeRun)).toEqual(whole);
      expect(applyEvents(first, [...wholeRun.slice(cut), ...wholeRun])).toEqual(whole);
    }
  });

  it('changes nothing for events it has seen', () => {
    const task = applyEvents(emptyLiveTask('queued'), wholeRun);
    expect(applyEvents(task, wholeRun)).toBe(task);
  });

  it('waits while a person is asked, and shows the question as done once it was answered', () => {
    const asked = {
      approval: '019ab000-0000-7000-8000-000000000000',
      step: 'ok',
      title: 'All right?',
    };
    const events = sequence(
      ['attempt.started', { attempt: 1, worker: 'w1' }],
      ['approval.requested', { ...asked, expiresAt: '2026-01-02T00:00:00.000Z' }],
      ['approval.answered', { ...asked, how: 'person' }],
    );
    const waiting = applyEvents(emptyLiveTask('queued'), events.slice(0, 2));
    expect(waiting).toMatchObject({ state: 'waiting', approval: asked.approval });
    expect(waiting.attempts).toMatchObject([{ state: 'waiting', steps: [{ state: 'waiting' }] }]);
    const answered = applyEvents(waiting, events);
    expect(answered).toMatchObject({ state: 'queued', approval: null });
    expect(answered.attempts[0]?.steps).toMatchObject([{ key: 'ok', state: 'done' }]);
  });

  it('forgets streamed text when the next attempt starts', () => {
    const events = sequence(
      ['attempt.started', { attempt: 1, worker: 'w1' }],
      ['step.started', { step: 'answer', title: 'Write' }],
      ['text', { step: 'answer', delta: 'half a sen' }],
      ['attempt.failed', { attempt: 1, error, retryInSeconds: 4 }],
      ['attempt.started', { attempt: 2, worker: 'w2' }],
      ['text', { step: 'answer', delta: 'Anew' }],
    );
    const waiting = applyEvents(emptyLiveTask('queued'), events.slice(0, 4));
    expect(waiting).toMatchObject({ state: 'queued', retryAt: '2026-01-01T00:00:07.000Z' });
    expect(waiting.attempts).toMatchObject([
      { state: 'failed', error, steps: [{ state: 'stopped' }] },
    ]);
    const again = applyEvents(waiting, events);
    expect(again).toMatchObject({ state: 'running', retryAt: null, text: { content: 'Anew' } });
  });

  it('closes the attempt of a worker that vanished', () => {
    const task = applyEvents(
      emptyLiveTask('queued'),
      sequence(
        ['attempt.started', { attempt: 1, worker: 'w1' }],
        ['attempt.started', { attempt: 2, worker: 'w2' }],
      ),
    );
    expect(task.attempts.map(({ state }) => state)).toEqual(['lost', 'running']);
  });

  it('does not count the time in which nobody noticed that a worker had vanished', () => {
    const task = applyEvents(
      emptyLiveTask('queued'),
      sequence(
        ['attempt.started', { attempt: 1, worker: 'w1' }],
        ['step.started', { step: 'answer', title: 'Write' }],
        ['text', { step: 'answer', delta: 'half' }],
        ['cancel.requested', {}],
        ['attempt.started', { attempt: 2, worker: 'w2' }],
      ),
    );
    const lastSignAt = '2026-01-01T00:00:02.000Z';
    expect(task.attempts[0]).toMatchObject({
      state: 'lost',
      lastSignAt,
      endedAt: '2026-01-01T00:00:04.000Z',
      steps: [{ key: 'answer', state: 'stopped', endedAt: lastSignAt }],
    });
  });

  it('tells what it waited for in between, and for how long', () => {
    const asked = {
      approval: '019ab000-0000-7000-8000-000000000000',
      step: 'ok',
      title: 'All right?',
    };
    const task = applyEvents(
      emptyLiveTask('queued'),
      sequence(
        ['task.queued', { reason: 'waiting for the agent service' }],
        ['attempt.started', { attempt: 1, worker: 'w1' }],
        ['attempt.failed', { attempt: 1, error, retryInSeconds: 4 }],
        ['attempt.started', { attempt: 2, worker: 'w1' }],
        ['approval.requested', { ...asked, expiresAt: '2026-01-02T00:00:00.000Z' }],
        ['approval.answered', { ...asked, how: 'link' }],
        ['attempt.started', { attempt: 3, worker: 'w1' }],
        ['task.queued', { reason: 'released by a worker' }],
      ),
    );
    const at = (second: number) => `2026-01-01T00:00:0${second}.000Z`;
    expect(task.waits).toEqual([
      {
        for: 'worker',
        reason: 'waiting for the agent service',
        after: 0,
        since: at(0),
        until: at(1),
      },
      { for: 'retry', seconds: 4, after: 1, since: at(2), until: at(3) },
      {
        for: 'answer',
        approval: asked.approval,
        title: asked.title,
        how: 'link',
        after: 2,
        since: at(4),
        until: at(5),
      },
      { for: 'worker', reason: null, after: 2, since: at(5), until: at(6) },
      { for: 'worker', reason: 'released by a worker', after: 3, since: at(7), until: null },
    ]);
  });

  it('lives again after a retry by a person', () => {
    const task = applyEvents(
      emptyLiveTask('queued'),
      sequence(
        ['attempt.started', { attempt: 1, worker: 'w1' }],
        ['cancel.requested', {}],
        ['task.ended', { state: 'cancelled', error: null }],
        ['task.queued', { reason: 'retried by a person' }],
        ['attempt.started', { attempt: 2, worker: 'w1' }],
        ['step.replayed', { step: 'outline', title: 'Outline' }],
      ),
    );
    expect(task).toMatchObject({ state: 'running', cancelRequested: false, error: null });
    expect(task.attempts).toMatchObject([
      { state: 'cancelled' },
      { state: 'running', steps: [{ state: 'replayed' }] },
    ]);
  });

  it('passes over types it does not know', () => {
    const task = applyEvents(
      emptyLiveTask('queued'),
      sequence(['future.thing' as TaskEventType, { x: 1 }]),
    );
    expect(task).toEqual({ ...emptyLiveTask('queued'), seq: 1 });
  });
});
