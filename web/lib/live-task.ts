import type {
  TaskError,
  TaskEvent,
  TaskUsage,
} from '@devsphere/shared/contracts/events/task-event.ts';
import { isTerminal, type TaskState } from '@devsphere/shared/tasks/states.ts';
import { type LiveWait, nextWaits } from './live-waits.ts';

export type LiveStep = {
  key: string;
  title: string;
  state: 'running' | 'done' | 'replayed' | 'stopped' | 'waiting';
  startedAt: string;
  endedAt: string | null;
};

export type LiveAttempt = {
  attempt: number;
  worker: string;
  /** Terminal task states, or how a worker gave the task up. */
  state: string;
  error: TaskError | null;
  startedAt: string;
  /** Of one whose worker vanished: when it was given up, not when it stopped. */
  endedAt: string | null;
  /** When it last wrote anything down; null when that is not known. */
  lastSignAt: string | null;
  steps: LiveStep[];
};

/** What a task looks like after some of its events. */
export type LiveTask = {
  /** Sequence of the last event seen; a stream resumes after it. */
  seq: number;
  state: TaskState;
  attempts: LiveAttempt[];
  /** What it waited for in between, oldest first. */
  waits: LiveWait[];
  /** What the step under way has written so far; null before the first text of an attempt. */
  text: { step: string; content: string } | null;
  progress: { done: number; total: number; label: string } | null;
  usage: TaskUsage | null;
  error: TaskError | null;
  cancelRequested: boolean;
  /** The id of what a person is asked; null while nobody is. */
  approval: string | null;
  /** When the next attempt starts, after one that failed. */
  retryAt: string | null;
};

/** Shown while a task waits for the agent; its row says the same. */
const agentAway: TaskError = {
  class: 'retry',
  code: 'agent_unavailable',
  message: 'The agent service is not reachable. The task waits and starts by itself.',
};

/** A task of which no event is known yet. */
export function emptyLiveTask(state: TaskState): LiveTask {
  return {
    seq: 0,
    state,
    attempts: [],
    waits: [],
    text: null,
    progress: null,
    usage: null,
    error: null,
    cancelRequested: false,
    approval: null,
    retryAt: null,
  };
}

/** Applies events in order. Events at or before `task.seq` change nothing, so a replay is harmless. */
export function applyEvents(task: LiveTask, events: readonly TaskEvent[]): LiveTask {
  return events.reduce(applyEvent, task);
}

function applyEvent(task: LiveTask, event: TaskEvent): LiveTask {
  if (event.seq <= task.seq) return task;
  const changed = followWaits(change(task, event), event);
  return { ...(ofOthers.has(event.type) ? changed : markSign(changed, event.at)), seq: event.seq };
}

/** Written by whoever steers the task, or by the database: no sign of its worker. */
const ofOthers: ReadonlySet<string> = new Set([
  'task.queued',
  'task.ended',
  'cancel.requested',
  'approval.answered',
]);

function markSign(task: LiveTask, at: string): LiveTask {
  const last = task.attempts.at(-1);
  if (!last || last.endedAt !== null) return task;
  return { ...task, attempts: [...task.attempts.slice(0, -1), { ...last, lastSignAt: at }] };
}

function followWaits(task: LiveTask, event: TaskEvent): LiveTask {
  const waits = nextWaits(task.waits, event, task.attempts.at(-1)?.attempt ?? 0);
  return waits === task.waits ? task : { ...task, waits };
}

function change(task: LiveTask, event: TaskEvent): LiveTask {
  switch (event.type) {
    case 'task.queued':
      return {
        ...closeAttempt(task, 'released', event.at),
        state: 'queued',
        error: event.data.reason === 'waiting for the agent service' ? agentAway : null,
        progress: null,
        cancelRequested: false,
        approval: null,
        retryAt: null,
      };
    case 'attempt.started':
      return startAttempt(task, event.data, event.at);
    case 'attempt.failed':
      return {
        ...closeAttempt(task, 'failed', event.at, event.data.error),
        state: 'queued',
        progress: null,
        retryAt: new Date(Date.parse(event.at) + event.data.retryInSeconds * 1000).toISOString(),
      };
    case 'cancel.requested':
      return { ...task, cancelRequested: true };
    case 'approval.requested':
      return {
        ...closeAttempt(
          putStep(task, {
            key: event.data.step,
            title: event.data.title,
            state: 'waiting',
            startedAt: event.at,
            endedAt: null,
          }),
          'waiting',
          event.at,
        ),
        state: 'waiting',
        approval: event.data.approval,
        progress: null,
      };
    case 'approval.answered':
      return {
        ...finishStep(task, event.data.step, event.at),
        state: 'queued',
        approval: null,
      };
    case 'step.started':
      return putStep(task, {
        key: event.data.step,
        title: event.data.title,
        state: 'running',
        startedAt: event.at,
        endedAt: null,
      });
    case 'step.replayed':
      return putStep(task, {
        key: event.data.step,
        title: event.data.title,
        state: 'replayed',
        startedAt: event.at,
        endedAt: event.at,
      });
    case 'step.completed':
      return finishStep(task, event.data.step, event.at);
    case 'text':
      return { ...task, text: appendText(task.text, event.data) };
    case 'progress':
      return { ...task, progress: event.data };
    case 'usage':
      return { ...task, usage: event.data };
    case 'task.ended':
      return {
        ...closeAttempt(task, event.data.state, event.at, event.data.error),
        state: event.data.state,
        error: event.data.error,
        approval: null,
        retryAt: null,
      };
    default:
      // A type this page doesn't know yet: newer servers may send more.
      return task;
  }
}

function startAttempt(
  task: LiveTask,
  { attempt, worker }: { attempt: number; worker: string },
  at: string,
): LiveTask {
  // An attempt that nobody closed belonged to a worker that vanished.
  const closed = closeAttempt(task, 'lost', at);
  const started: LiveAttempt = {
    attempt,
    worker,
    state: 'running',
    error: null,
    startedAt: at,
    endedAt: null,
    lastSignAt: at,
    steps: [],
  };
  return {
    ...closed,
    state: 'running',
    attempts: [...closed.attempts, started],
    text: null,
    progress: null,
    error: null,
    retryAt: null,
  };
}

function closeAttempt(
  task: LiveTask,
  state: string,
  at: string,
  error: TaskError | null = null,
): LiveTask {
  const last = task.attempts.at(-1);
  if (!last || last.endedAt !== null) return task;
  const endOfStep = state === 'succeeded' ? 'done' : 'stopped';
  // A step did not go on for as long as nobody noticed that its worker was gone.
  const endOfWork = state === 'lost' ? (last.lastSignAt ?? at) : at;
  const steps = last.steps.map((step) =>
    step.state === 'running' ? ({ ...step, state: endOfStep, endedAt: endOfWork } as const) : step,
  );
  return {
    ...task,
    attempts: [...task.attempts.slice(0, -1), { ...last, state, error, endedAt: at, steps }],
  };
}

function putStep(task: LiveTask, step: LiveStep): LiveTask {
  return changeLastAttempt(task, (steps) => [...steps.filter(({ key }) => key !== step.key), step]);
}

function finishStep(task: LiveTask, key: string, at: string): LiveTask {
  return changeLastAttempt(task, (steps) =>
    steps.map((step) =>
      step.key === key && (step.state === 'running' || step.state === 'waiting')
        ? { ...step, state: 'done', endedAt: at }
        : step,
    ),
  );
}

function changeLastAttempt(
  task: LiveTask,
  changeSteps: (steps: LiveStep[]) => LiveStep[],
): LiveTask {
  const last = task.attempts.at(-1);
  if (!last) return task;
  return {
    ...task,
    attempts: [...task.attempts.slice(0, -1), { ...last, steps: changeSteps(last.steps) }],
  };
}

function appendText(
  text: LiveTask['text'],
  { step, delta }: { step: string; delta: string },
): LiveTask['text'] {
  return text?.step === step ? { step, content: text.content + delta } : { step, content: delta };
}

/** Whether nothing more will happen to the task unless somebody retries it. */
export function hasEnded(task: LiveTask): boolean {
  return isTerminal(task.state);
}
