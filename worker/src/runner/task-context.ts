import type { TaskInput, TaskKindName, TaskOutput } from '@devsphere/shared/tasks/catalogue.ts';
import type { MessageRequest } from '../claude/stream-message.ts';

/** What a handler may do; everything else about a task's life is the runner's. */
export type TaskContext = {
  /**
   * Asks Claude as a durable step under a stable key: a retry replays the stored answer instead of paying again.
   * `read` makes a value of the whole text; an answer it refuses is not stored. A truncated or refused answer fails
   * the attempt.
   */
  ask: <T>(
    key: string,
    title: string,
    request: MessageRequest,
    read: (text: string) => T,
  ) => Promise<T>;
  /** Shows how far the task is; `done` of `total` in any unit. */
  progress: (done: number, total: number, label: string) => void;
};

/** Makes the output of one kind of task; reads like the feature it implements. */
export type Handler<K extends TaskKindName> = (
  input: TaskInput<K>,
  context: TaskContext,
) => Promise<TaskOutput<K>>;
