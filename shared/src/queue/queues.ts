import type { TaskQueue } from '../tasks/task-queue.ts';

/**
 * Every queue: what its jobs carry and how pg-boss treats them. Jobs for later wait in a queue of their own, from which
 * workers move them when their time has come: a million of them do not stand between a worker and what is due.
 */
export const queues = {
  claude: {
    name: 'tasks.claude',
    about: 'Tasks that call the model.',
    deadLetter: 'tasks.claude.dead',
    later: 'tasks.claude.later',
    /** Longest life of one delivery; longer than any kind's deadline, so that ours ends first. */
    expireInSeconds: 3_600,
    /** pg-boss accepts 10 s at least; a dead worker is noticed after this plus the monitor interval. */
    heartbeatSeconds: 10,
  },
  /** Work of the agent service: its own queue, so that its absence holds nothing else up. */
  seo: {
    name: 'tasks.seo',
    about: 'Tasks of the agent service.',
    deadLetter: 'tasks.seo.dead',
    later: 'tasks.seo.later',
    expireInSeconds: 7_200,
    heartbeatSeconds: 10,
  },
} as const satisfies Record<TaskQueue, object>;

/** Queues of tasks for later, as operators see them. */
export const laterQueues = Object.values(queues).map(({ name, later }) => ({
  name: later,
  about: `Tasks for later; each moves to ${name} when its time has come.`,
}));

/** The queue of tasks with this name; undefined for any other, dead-letter queues included. */
export function queueNamed(name: string): (typeof queues)[TaskQueue] | undefined {
  return Object.values(queues).find((queue) => queue.name === name);
}

/** Workers look at the times of what waits this often at least. */
const noticeMilliseconds = 2_000;

/** The queue that a job of this one is sent to. */
export function placeOf(name: string, startAfter: Date | undefined): string {
  return (startAfter && queueNamed(name)?.later) ?? name;
}

/** Whether workers must hear of a job: what is due much later they see in time. */
export function isWorthTelling(startAfter: Date | undefined): boolean {
  return startAfter === undefined || startAfter.getTime() < Date.now() + 2 * noticeMilliseconds;
}

/** Where a job of this queue can be while it waits: a worker may move it at any moment. */
export function placesOf(name: string): string[] {
  const later = queueNamed(name)?.later;
  return later ? [name, later] : [name];
}

/** Version of the payload below; a worker refuses any other instead of guessing. */
export const jobPayloadVersion = 1;

/** What a job carries: ids, never content. */
export type TaskJob = { version: typeof jobPayloadVersion; orgId: string; taskId: string };

/** pg-boss's own retry limit only has to exceed ours: the runner counts attempts and decides. */
export const deliveriesLimit = 1_000;

/** Completed jobs are deleted after this: the task's own tables keep the history. */
export const keepCompletedSeconds = 24 * 3_600;

/** A job may wait this long before pg-boss drops it (its default is 14 days). */
export const keepWaitingSeconds = 365 * 24 * 3_600;
