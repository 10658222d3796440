import type { TaskTimeline } from '@devsphere/shared/queries/get-task-timeline.ts';
import type { LiveAttempt, LiveStep } from './live-task.ts';

export type TimelineCall = TaskTimeline['calls'][number];
export type TimelineStep = LiveStep & { calls: TimelineCall[] };
export type TimelineAttempt = Omit<LiveAttempt, 'steps'> & { steps: TimelineStep[] };

/**
 * Attempts as the tables have them: each with the steps it finished and the model calls it made. A step that never
 * finished has no row: its title comes from the live view, or from an attempt that did finish it.
 */
export function timelineOfRows(
  { attempts, steps, calls }: TaskTimeline,
  live: readonly LiveAttempt[] = [],
): TimelineAttempt[] {
  const titles = new Map(
    [...live.flatMap((attempt) => attempt.steps), ...steps].map(({ key, title }) => [key, title]),
  );
  return attempts.map((attempt) => {
    const own = calls.filter((call) => call.attempt === attempt.attempt);
    const finished = steps.filter((step) => step.attempt === attempt.attempt);
    const unfinished = [...new Set(own.map((call) => call.stepKey))].filter(
      (key) => !finished.some((step) => step.key === key),
    );
    return {
      ...attempt,
      steps: [
        ...finished.map((step) => ({
          key: step.key,
          title: step.title,
          state: 'done' as const,
          startedAt: step.startedAt,
          endedAt: step.endedAt,
          calls: own.filter((call) => call.stepKey === step.key),
        })),
        // A step that never finished has no row of its own; its calls show that it was tried.
        ...unfinished.map((key) => {
          const tried = own.filter((call) => call.stepKey === key);
          return {
            key,
            title: titles.get(key) ?? key,
            state: attempt.endedAt === null ? ('running' as const) : ('stopped' as const),
            startedAt: tried[0]?.startedAt ?? attempt.startedAt,
            endedAt: tried.at(-1)?.endedAt ?? attempt.endedAt,
            calls: tried,
          };
        }),
      ],
    };
  });
}

/** The same from the live view, which knows replayed steps but not the calls. */
export function timelineOfLive(attempts: readonly LiveAttempt[]): TimelineAttempt[] {
  return attempts.map((attempt) => ({
    ...attempt,
    steps: attempt.steps.map((step) => ({ ...step, calls: [] })),
  }));
}
