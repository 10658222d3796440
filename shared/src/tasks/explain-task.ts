import type { TaskError } from '../contracts/events/task-event.ts';
import type { TaskReason } from '../contracts/http/explanation.ts';
import type { TaskState } from './states.ts';

/** What is known of a task and of its surroundings at one moment. */
export type TaskFacts = {
  /** Who reads the words. Operators are given no text that anybody of the organisation wrote: the facts then have none. */
  audience: 'organization' | 'operator';
  state: TaskState;
  now: Date;
  attempt: number;
  maxAttempts: number;
  error: TaskError | null;
  stopping: boolean;
  /** Why the organisation is paused, which may be left empty; undefined when it is not. */
  pause: { reason: string | null } | undefined;
  queuePaused: boolean;
  /** Whether a job delivers it, waiting or in a worker's hands; without one a queued task stays where it is. */
  hasJob: boolean;
  /** The worker that runs it: when it was heard of last, and until when it may be silent; undefined when none is known. */
  worker: { heardAt: Date; givenUpAt: Date } | undefined;
  /** Whether this month's budget is spent. */
  budgetSpent: boolean;
  /** Before then no worker takes the job; null when it has none. */
  startAfter: Date | null;
  workers: number;
  running: number;
  limit: number;
  /** Whether operators set that limit instead of the plan's. */
  overridden: boolean;
  /** Jobs of its organisation that go first. */
  ahead: number;
  /** What a person is asked, and until when. */
  approval: { title: string; expiresAt: Date } | undefined;
};

type Reason = { reason: TaskReason; text: string; until?: Date };

/** The first reason that holds, in words: what keeps a task from running, or how it ended. */
export function reasonOf(facts: TaskFacts): Reason {
  if (facts.state === 'queued') return whyQueued(facts);
  if (facts.state === 'waiting') return whyWaiting(facts);
  if (facts.state === 'running') return whileRunning(facts);
  return { reason: facts.state, text: howEnded(facts, facts.state) };
}

/** Codes of tasks that wait for the model's provider; they are reasons of their own. */
const providerReasons = ['provider_unavailable', 'provider_limit'] as const;

function whyQueued(facts: TaskFacts): Reason {
  const { pause, startAfter, now, error, attempt, maxAttempts, running, limit, ahead } = facts;
  if (!facts.hasJob)
    return {
      reason: 'no_job',
      text:
        facts.audience === 'operator'
          ? 'No job delivers it: something went wrong. It stays queued until it is cancelled and retried.'
          : 'Something went wrong on our side: no worker will be given this task. Cancel it, then retry it: finished steps are kept.',
    };
  if (pause)
    return {
      reason: 'organization_paused',
      text: `The organisation is paused${pause.reason ? `: ${pause.reason}` : ''}. It starts when somebody resumes it.`,
    };
  if (facts.queuePaused)
    return {
      reason: 'queue_paused',
      text:
        facts.audience === 'operator'
          ? 'Its queue is paused. It starts when an operator resumes it.'
          : 'We hold this queue for maintenance. Nothing is lost; it starts when the queue is resumed.',
    };
  if (facts.budgetSpent)
    return {
      reason: 'budget',
      text:
        facts.audience === 'operator'
          ? 'Its organisation has spent its budget of this month. It goes on when an admin raises it, or with the next month.'
          : 'The budget of this month is spent. It goes on when an admin raises it under Usage, or with the next month.',
    };
  const held = providerReasons.find((reason) => reason === error?.code);
  if (held && error && startAfter) return { reason: held, text: error.message, until: startAfter };
  if (startAfter && startAfter > now)
    return error
      ? {
          reason: 'backing_off',
          text: `${attempt > 0 ? `Attempt ${attempt} of ${maxAttempts}: ` : ''}${error.message} It is tried again by itself.`,
          until: startAfter,
        }
      : { reason: 'delayed', text: 'It waits for the time it was given.', until: startAfter };
  if (facts.workers === 0)
    return {
      reason: 'no_worker',
      text: 'No worker is running at the moment. It starts as soon as one is back.',
    };
  if (running >= limit)
    return {
      reason: 'concurrency',
      text: `${atOnce(facts)} It starts when one of them ends.`,
    };
  if (ahead > 0)
    return {
      reason: 'in_line',
      text: `${ahead >= 1_000 ? '1,000 or more tasks' : ahead === 1 ? 'One task' : `${ahead} tasks`} of the organisation ${ahead === 1 ? 'goes' : 'go'} first.`,
    };
  return { reason: 'starting', text: 'It is next: a worker takes it as soon as one has room.' };
}

function atOnce({ audience, running, limit, overridden }: TaskFacts): string {
  if (audience === 'operator')
    return `${running} of the ${limit} tasks of its organisation that may run at once ${overridden ? 'by an override' : 'by its plan'} are running.`;
  return overridden
    ? `${running} of the ${limit} tasks that may run at once are running, a number we set for your organisation instead of its plan’s.`
    : `${running} of the ${limit} tasks your plan lets run at once are running.`;
}

function whyWaiting({ approval }: TaskFacts): Reason {
  return {
    reason: 'approval',
    text: approval
      ? `A person is asked: ${approval.title}. Nothing runs until there is an answer.`
      : 'A person is asked. Nothing runs until there is an answer.',
    ...(approval ? { until: approval.expiresAt } : {}),
  };
}

/** Workers are heard of every 3 s; one that missed a beat may only be slow. */
const silentMilliseconds = 6_000;

function whileRunning({ stopping, attempt, maxAttempts, worker, now }: TaskFacts): Reason {
  const silent = worker ? now.getTime() - worker.heardAt.getTime() : 0;
  if (worker && silent >= silentMilliseconds)
    return {
      reason: 'worker_silent',
      text: `Its worker was not heard of for ${Math.floor(silent / 1_000)} seconds. Unless it comes back ${within(worker.givenUpAt, now)}, another one goes on behind the finished steps.`,
    };
  if (stopping) return { reason: 'stopping', text: 'It was asked to stop and does so now.' };
  return {
    reason: 'running',
    text: attempt > 1 ? `It runs, attempt ${attempt} of ${maxAttempts}.` : 'It runs.',
  };
}

function within(givenUpAt: Date, now: Date): string {
  const seconds = Math.ceil((givenUpAt.getTime() - now.getTime()) / 1_000);
  return seconds > 1 ? `within ${seconds} seconds` : 'now';
}

const howOften = (attempt: number) => (attempt === 1 ? 'one attempt' : `${attempt} attempts`);

function howEnded(
  { attempt, error }: TaskFacts,
  state: 'succeeded' | 'failed' | 'cancelled' | 'expired',
): string {
  const why = error?.message ?? '';
  if (state === 'succeeded')
    return attempt > 1 ? `It succeeded in attempt ${attempt}.` : 'It succeeded.';
  if (state === 'cancelled') return 'It was cancelled. Retry goes on from the finished steps.';
  if (attempt === 0) return `${why} It never started.`.trim();
  return `${why} It was given up after ${howOften(attempt)}.`.trim();
}
