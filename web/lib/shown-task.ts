import type { TaskError, TaskUsage } from '@devsphere/shared/contracts/events/task-event.ts';
import type { TaskDetail } from '@devsphere/shared/contracts/http/task.ts';
import { isTerminal, type TaskState } from '@devsphere/shared/tasks/states.ts';
import type { LiveTask } from './live-task.ts';
import { type Timeline, timelineOfLive } from './task-timeline.ts';

/** What the page shows of a task that may still move. */
export type ShownTask = {
  state: TaskState;
  stopping: boolean;
  error: TaskError | null;
  usage: TaskUsage;
  progress: LiveTask['progress'];
  /** What was written so far; null when nothing was. */
  text: LiveTask['text'];
  retryAt: string | null;
  /** When it starts, for one that was submitted for later and that no worker has taken yet. */
  startsAt: string | null;
  startedAt: string | null;
  endedAt: string | null;
  timeline: Timeline;
};

/** The row once it has ended: it is final. Until then the events, which are ahead of it. */
export function shownTask(
  stored: { task: TaskDetail; timeline: Timeline },
  live: LiveTask,
): ShownTask {
  const { task } = stored;
  if (isTerminal(task.state)) {
    return {
      state: task.state,
      stopping: false,
      error: task.error,
      usage: task.usage,
      progress: null,
      text: live.text,
      retryAt: null,
      startsAt: null,
      startedAt: task.startedAt,
      endedAt: task.endedAt,
      timeline: stored.timeline,
    };
  }
  return {
    state: live.state,
    stopping: (live.cancelRequested || task.cancelRequestedAt !== null) && !isTerminal(live.state),
    error: live.error,
    usage: live.usage ?? task.usage,
    progress: live.progress,
    text: live.text,
    retryAt: live.retryAt,
    startsAt: isForLater(task) && live.attempts.length === 0 ? task.runAt : null,
    startedAt: task.startedAt ?? live.attempts[0]?.startedAt ?? null,
    endedAt: isTerminal(live.state) ? (live.attempts.at(-1)?.endedAt ?? null) : null,
    timeline: timelineOfLive(stored.timeline, live),
  };
}

const laterMilliseconds = 1_000;

function isForLater({ runAt, createdAt }: TaskDetail): boolean {
  return Date.parse(runAt) - Date.parse(createdAt) > laterMilliseconds;
}
