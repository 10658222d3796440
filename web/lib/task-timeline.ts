import type { TaskTimeline } from '@devsphere/shared/queries/get-task-timeline.ts';
import { applyEvents, emptyLiveTask, type LiveAttempt, type LiveStep } from './live-task.ts';
import type { LiveWait } from './live-waits.ts';

export type TimelineCall = TaskTimeline['calls'][number];
export type TimelineStep = LiveStep & {
  calls: TimelineCall[];
  /** Whether its result is kept, so that the task can be done again from it on. */
  isKept: boolean;
};
export type TimelineAttempt = Omit<LiveAttempt, 'steps'> & { steps: TimelineStep[] };
export type Timeline = {
  attempts: TimelineAttempt[];
  waits: LiveWait[];
  /** Who answered, in words, by the id of what was asked. */
  answerers: Record<string, string>;
  /** Whether there were more attempts before these. */
  hasEarlier: boolean;
};

/**
 * What happened, as the tables have it: attempts with how they ended, their steps in the order of the events, and the model
 * calls each made. A step without events, or without an end, has the times of its row or of its calls.
 */
export function timelineOfRows(rows: TaskTimeline, answerers: Timeline['answerers']): Timeline {
  // Before its first event a task is queued, whatever its row says by now.
  const folded = applyEvents(emptyLiveTask('queued'), rows.events);
  const [first] = rows.attempts;
  const from = rows.hasEarlier && first ? first.attempt : 0;
  return {
    attempts: rows.attempts.map((attempt) => ({
      ...attempt,
      steps: stepsOf(
        rows,
        attempt,
        folded.attempts.find((told) => told.attempt === attempt.attempt)?.steps ?? [],
      ),
    })),
    waits: folded.waits.filter(({ after }) => after >= from),
    answerers,
    hasEarlier: rows.hasEarlier,
  };
}

type Row = TaskTimeline['attempts'][number];

function stepsOf(rows: TaskTimeline, attempt: Row, told: LiveStep[]): TimelineStep[] {
  const calls = rows.calls.filter((call) => call.attempt === attempt.attempt);
  const finished = rows.steps.filter((step) => step.attempt === attempt.attempt);
  const titles = new Map(rows.steps.map(({ key, title }) => [key, title]));
  const keys = [...told, ...finished].map(({ key }) => key);
  const all = [...new Set([...keys, ...calls.map(({ stepKey }) => stepKey)])];
  return all.map((key) => {
    const own = calls.filter((call) => call.stepKey === key);
    const row = finished.find((step) => step.key === key);
    const step = told.find((candidate) => candidate.key === key);
    if (row && step?.state !== 'replayed')
      return { ...row, state: 'done', calls: own, isKept: true };
    if (step) return { ...cutOff(step, attempt), calls: own, isKept: false };
    return {
      ...cutOff(
        {
          key,
          title: titles.get(key) ?? key,
          state: attempt.endedAt === null ? 'running' : 'stopped',
          startedAt: own[0]?.startedAt ?? attempt.startedAt,
          endedAt: own.at(-1)?.endedAt ?? attempt.endedAt,
        },
        attempt,
      ),
      calls: own,
      isKept: false,
    };
  });
}

/** A step did not go on for as long as nobody noticed that its worker was gone. */
function cutOff(step: LiveStep, { lastSignAt }: Row): LiveStep {
  if (step.state !== 'stopped' || lastSignAt === null) return step;
  return { ...step, endedAt: lastSignAt < step.startedAt ? step.startedAt : lastSignAt };
}

/** The same while the task moves: what has ended as it is stored, the rest from the events, which are ahead of it. */
export function timelineOfLive(
  stored: Timeline,
  live: { attempts: readonly LiveAttempt[]; waits: LiveWait[] },
): Timeline {
  const [first] = stored.attempts;
  const from = stored.hasEarlier && first ? first.attempt : 0;
  return {
    ...stored,
    attempts: live.attempts
      .filter(({ attempt }) => attempt >= from)
      .map((attempt) => {
        const row = stored.attempts.find((one) => one.attempt === attempt.attempt);
        return row && row.endedAt !== null ? withAnswers(row, attempt) : withoutCalls(attempt);
      }),
    waits: live.waits.filter(({ after }) => after >= from),
  };
}

/** What a person was asked may have been answered since it was stored. */
function withAnswers(row: TimelineAttempt, { steps }: LiveAttempt): TimelineAttempt {
  const now = (step: TimelineStep) => steps.find(({ key }) => key === step.key) ?? step;
  return {
    ...row,
    steps: row.steps.map((step) => (step.state === 'waiting' ? { ...step, ...now(step) } : step)),
  };
}

function withoutCalls(attempt: LiveAttempt): TimelineAttempt {
  return {
    ...attempt,
    steps: attempt.steps.map((step) => ({ ...step, calls: [], isKept: false })),
  };
}
