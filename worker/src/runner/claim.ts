import type { TaskUsage } from '@devsphere/shared/contracts/events/task-event.ts';
import type { Actor } from '@devsphere/shared/db/actor.ts';
import type { TaskKindName } from '@devsphere/shared/tasks/catalogue.ts';

/** One attempt at one task, as the worker that holds it knows it. */
export type Claim = {
  actor: Actor & { type: 'task' };
  orgId: string;
  taskId: string;
  kind: TaskKindName;
  input: unknown;
  attempt: number;
  maxAttempts: number;
  /** Longest this attempt may take, where that is shorter than the kind allows. */
  deadlineSeconds: number | null;
  createdBy: string | null;
  cancelRequested: boolean;
  queue: string;
  jobId: string;
  /** Delivery number of the job: fences every settlement. */
  delivery: number;
  /** Used by all attempts so far; raised as calls end. */
  usage: TaskUsage;
  /** Outputs of finished steps by key. */
  steps: Map<string, unknown>;
};

/** The task was asked to stop before it could begin to wait: it must not wait. */
export class CancelledMeanwhile extends Error {
  constructor() {
    super('the task was asked to stop');
    this.name = 'CancelledMeanwhile';
  }
}

/** The claim passed to somebody else: nothing more may be written. */
export class ClaimLost extends Error {
  constructor() {
    super('another worker has this task now');
    this.name = 'ClaimLost';
  }
}

/** What `app.fence` raised as `ClaimLost`; any other error as it is. */
export function readFence(error: unknown): unknown {
  return error instanceof Error && 'code' in error && error.code === 'DS410'
    ? new ClaimLost()
    : error;
}
