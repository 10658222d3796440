import type { TaskEvent, TaskEventType } from '@devsphere/shared/contracts/events/task-event.ts';
import type { TaskTimeline } from '@devsphere/shared/queries/get-task-timeline.ts';
import { describe, expect, it } from '@jest/globals';
import { applyEvents, emptyLiveTask } from '../lib/live-task.ts';
import { timelineOfLive, timelineOfRows } from '../lib/task-timeline.ts';
import { waitWords } from '../lib/wait-words.ts';

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
const vanished = { class: 'retry', code: 'worker_vanished', message: 'Gone.' } as const;

/** Events at the seconds given. */
const events = (...entries: Array<[number, TaskEventType, unknown]>) =>
  entries.map(
    ([second, type, data], index) => ({ seq: index + 1, type, at: at(second), data }) as TaskEvent,
  );

const call = (
  attempt: number,
  stepKey: string,
  endedAt: string,
): TaskTimeline['calls'][number] => ({
  id: `${attempt} ${stepKey}`,
  stepKey,
  attempt,
  model: 'claude',
  state: 'unknown',
  stopReason: null,
  costNanoUsd: null,
  reconciled: null,
  startedAt: at(2),
  endedAt,
});

/** An outline was kept, a draft was cut off when its worker vanished, and the next attempt wrote it. */
const rows: TaskTimeline = {
  attempts: [
    {
      attempt: 1,
      state: 'lost',
      worker: 'w1',
      error: vanished,
      startedAt: at(0),
      endedAt: at(30),
      lastSignAt: at(5),
    },
    {
      attempt: 2,
      state: 'succeeded',
      worker: 'w2',
      error: null,
      startedAt: at(30),
      endedAt: at(40),
      lastSignAt: null,
    },
  ],
  hasEarlier: false,
  steps: [
    { key: 'outline', title: 'Outline', attempt: 1, startedAt: at(0), endedAt: at(2) },
    { key: 'draft', title: 'Draft', attempt: 2, startedAt: at(30), endedAt: at(40) },
  ],
  calls: [call(1, 'draft', at(30))],
  events: events(
    [0, 'attempt.started', { attempt: 1, worker: 'w1' }],
    [0, 'step.started', { step: 'outline', title: 'Outline' }],
    [2, 'step.completed', { step: 'outline', title: 'Outline' }],
    [2, 'step.started', { step: 'draft', title: 'Draft' }],
    [30, 'attempt.started', { attempt: 2, worker: 'w2' }],
    [30, 'step.replayed', { step: 'outline', title: 'Outline' }],
    [30, 'step.started', { step: 'draft', title: 'Draft' }],
    [40, 'step.completed', { step: 'draft', title: 'Draft' }],
    [40, 'task.ended', { state: 'succeeded', error: null }],
  ),
  answers: [],
};

describe('the timeline of a task that has ended', () => {
  it('shows what was kept, and no step that went on after the last sign of its worker', () => {
    expect(timelineOfRows(rows, {}).attempts).toMatchObject([
      {
        state: 'lost',
        error: vanished,
        steps: [
          { key: 'outline', state: 'done', isKept: true, endedAt: at(2) },
          { key: 'draft', state: 'stopped', isKept: false, endedAt: at(5), calls: [{}] },
        ],
      },
      {
        state: 'succeeded',
        steps: [
          { key: 'outline', state: 'replayed', isKept: false },
          { key: 'draft', state: 'done', isKept: true, endedAt: at(40) },
        ],
      },
    ]);
  });

  it('does not offer to repeat a step that was forgotten, nor call it unfinished', () => {
    const [, draft] = rows.steps;
    const { attempts } = timelineOfRows({ ...rows, steps: draft ? [draft] : [] }, {});
    expect(attempts[0]?.steps[0]).toMatchObject({ key: 'outline', state: 'done', isKept: false });
  });

  it('knows steps without events by their rows and calls', () => {
    const { attempts } = timelineOfRows({ ...rows, events: [] }, {});
    expect(attempts.map(({ steps }) => steps.map(({ key, state }) => `${key} ${state}`))).toEqual([
      ['outline done', 'draft stopped'],
      ['draft done'],
    ]);
  });

  it('begins with the first attempt it has', () => {
    const queued = events(
      [0, 'attempt.started', { attempt: 1, worker: 'w1' }],
      [1, 'task.queued', { reason: 'released by a worker' }],
      [2, 'attempt.started', { attempt: 2, worker: 'w1' }],
      [3, 'task.queued', { reason: 'released by a worker' }],
    );
    const last = rows.attempts.slice(1);
    const later = { ...rows, attempts: last, hasEarlier: true, events: queued };
    expect(timelineOfRows(later, {}).waits).toMatchObject([{ after: 2 }]);
  });
});

it('while a task runs what has ended is as it was stored, and the rest as its events tell', () => {
  const live = applyEvents(emptyLiveTask('queued'), rows.events.slice(0, 7));
  const [first] = rows.attempts;
  const stored = timelineOfRows({ ...rows, attempts: first ? [first] : [] }, {});
  expect(timelineOfLive(stored, live).attempts).toMatchObject([
    { state: 'lost', error: vanished, steps: [{}, { calls: [{}] }] },
    { state: 'running', endedAt: null, steps: [{ state: 'replayed' }, { state: 'running' }] },
  ]);
});

it('each wait has its words, in which nobody answers what nobody answered', () => {
  const wait = { after: 1, since: at(0), until: at(1) };
  const asked = { ...wait, for: 'answer', approval: 'a', title: 'All right?' } as const;
  const said = [
    { ...wait, for: 'retry', seconds: 4 } as const,
    { ...wait, for: 'worker', reason: 'waiting for room at Claude' } as const,
    { ...wait, for: 'worker', reason: null } as const,
    { ...asked, how: 'person' } as const,
    { ...asked, approval: 'b', how: 'person' } as const,
    { ...asked, how: 'timeout' } as const,
    { ...asked, how: null } as const,
    { ...asked, how: null, until: null } as const,
  ].map((one) => waitWords(one, { a: 'Ada' }));
  expect(said).toEqual([
    'Pause before trying again, set to 4 s',
    'Wait for room at Claude',
    null,
    'Answered by Ada',
    'Answered by a person of the organisation',
    'Nobody answered in time: it went on by itself',
    'Nobody answered',
    'Wait for an answer',
  ]);
});
