import type { TaskState } from '../tasks/states.ts';
import type { TaskReason } from './http/explanation.ts';

// What the operator console shows: metadata of every organisation, never content.

/** Counts of jobs stop here: beyond it "how many" matters less than answering at once. */
export const jobCountLimit = 10_000;

export type JobCounts = {
  ready: number;
  delayed: number;
  active: number;
  failed: number;
  /** How long the oldest job that could run has waited; null when none waits. */
  oldestReadySeconds: number | null;
};

export type QueueOverview = JobCounts & {
  queue: string;
  /** What its jobs are. */
  about: string;
  /** Null for a queue that keeps none: what its jobs are about keeps their history. */
  deadLetters: number | null;
  /** Of the last quarter of an hour; null when nothing was counted or finished in it. */
  completedPerMinute: number | null;
  waitSeconds: { p50: number; p95: number } | null;
  runSeconds: { p50: number; p95: number } | null;
  paused: { at: string; by: string; reason: string } | null;
};

/** How the platform's account at the model provider stands. */
export type ProviderOverview = {
  /** Null: no limit of ours. */
  requestsPerMinute: number | null;
  tokensPerMinute: number | null;
  /** Since when the circuit breaker is open; null while calls are answered. */
  openedAt: string | null;
  /** When the next call probes. */
  triesAgainAt: string | null;
  /** The provider asked us to wait until then. */
  blockedUntil: string | null;
  /** Organisations' own accounts that take no calls at the moment. */
  closedOwnAccounts: number;
};

export type WorkerInstance = {
  id: string;
  name: string;
  host: string;
  live: boolean;
  /** Why it takes no work although it is heard from; null while it does. */
  trouble: string | null;
  startedAt: string;
  heardAt: string;
};

/** What operators see of a task: whose it is and how it fares. */
export type JobTask = {
  orgId: string;
  taskId: string;
  organization: { slug: string; name: string };
  kind: string;
  state: TaskState;
  attempt: number;
  maxAttempts: number;
  errorCode: string | null;
  stopping: boolean;
  eventSeq: number;
};

/** How one attempt went: never what it worked on. */
export type JobAttempt = {
  attempt: number;
  state: string;
  worker: string;
  errorClass: string | null;
  errorCode: string | null;
  /** The same for failures of the same making. */
  errorFingerprint: string | null;
  startedAt: string;
  endedAt: string | null;
};

/** State of a job as pg-boss calls it. */
export type JobState = 'created' | 'retry' | 'active' | 'completed' | 'cancelled' | 'failed';

export type OperatorJob = {
  id: string;
  state: JobState;
  createdAt: string;
  /** How often it was taken up again. */
  retries: number;
  /** Null when it delivers none, when the task is gone, or when the payload can't be read. */
  task: JobTask | null;
  /** What a job that delivers no task does, in one word of its payload. */
  work: string | null;
  /** Whose it is; null for the system's own work. */
  organization: { slug: string; name: string } | null;
  /** The last few at its task, newest first. */
  attempts: JobAttempt[];
};

/** Why a job that waits does not run. */
export type JobExplanation = {
  /** `superseded`: its task has ended, or has another job. */
  reason: TaskReason | 'superseded';
  text: string;
  /** When this ends by itself, where that is known. */
  until: string | null;
  /** How many jobs of its organisation in the queue go first; 1,000 stands for that or more. */
  position: number;
};

/** What operators see of an organisation. */
export type ListedOrganization = {
  orgId: string;
  slug: string;
  name: string;
  plan: string;
  createdAt: string;
  /** How many of its tasks run at once instead of its plan's number, who decided so, and why; null while that holds. */
  concurrency: { concurrentTasks: number; by: string; reason: string; at: string } | null;
};
