import type { TaskError } from '@devsphere/shared/contracts/events/task-event.ts';
import type { ApprovalQuestion } from './ask-approval.ts';

/** How an attempt ended; decides what happens to the task and its job. */
export type Outcome =
  | { type: 'succeeded'; output: unknown }
  | { type: 'retry'; error: TaskError; delaySeconds: number }
  | { type: 'failed'; error: TaskError }
  | { type: 'cancelled' }
  | { type: 'expired'; error: TaskError }
  /** A person is asked; the task goes on with the answer. Costs no attempt. */
  | { type: 'waiting'; question: ApprovalQuestion }
  /** Given back unfinished, because the worker stops or a provider takes nothing now; costs no attempt. */
  | { type: 'released'; error?: TaskError; delaySeconds?: number };

/**
 * Why an attempt was stopped from outside. `deadline`: it took longer than its kind may, as one that hangs does; `cut off`:
 * longer than whoever submitted it wanted.
 */
export type StopReason = 'cancelled' | 'deadline' | 'cut off' | 'shutdown' | 'claim lost';

/**
 * A failure whose class is known where it happens. `retry` carries the provider's own delay when it gave one;
 * `message` is shown to the person, the cause is for the log.
 */
export class TaskFailure extends Error {
  readonly class: 'retry' | 'fatal';
  readonly code: string;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    kind: 'retry' | 'fatal',
    code: string,
    message: string,
    options: { cause?: unknown; retryAfterSeconds?: number | undefined } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'TaskFailure';
    this.class = kind;
    this.code = code;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}
