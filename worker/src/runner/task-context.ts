import type { AgentResult } from '@devsphere/shared/contracts/agent/agent-event.ts';
import type { AgentRequest } from '@devsphere/shared/contracts/agent/agent-request.ts';
import type { TaskInput, TaskKindName, TaskOutput } from '@devsphere/shared/tasks/catalogue.ts';
import type { z } from 'zod';
import type { MessageRequest } from '../claude/stream-message.ts';
import type { ApprovalRequest } from './ask-approval.ts';
import type { NewArtifact, StoredArtifact } from './store-artifacts.ts';

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
  /**
   * Does something once, as a durable step under a stable key: its output is stored when it ends, and a retry gets it back
   * instead of doing it again. One that was cut off in the middle is done again, so it must bear that. The output is
   * JSON.
   */
  step: <T>(key: string, title: string, run: () => Promise<T> | T) => Promise<T>;
  /** Lets the agent service do the work; each of its stages is a durable step. */
  delegate: (
    request: Omit<AgentRequest, 'version' | 'task_id' | 'completed_stages'>,
  ) => Promise<AgentResult>;
  /** Stores files under the task's own path, as one durable step. */
  storeArtifacts: (files: NewArtifact[]) => Promise<StoredArtifact[]>;
  /**
   * Asks a person under a stable key and waits for the answer without holding a worker: the attempt ends at the
   * question, and a later one gets the answer here. What came before is replayed from its steps.
   */
  approval: <Form extends z.ZodType>(
    key: string,
    request: ApprovalRequest<Form>,
  ) => Promise<z.output<Form>>;
  /** Shows how far the task is; `done` of `total` in any unit. */
  progress: (done: number, total: number, label: string) => void;
};

/** Makes the output of one kind of task; reads like the feature it implements. */
export type Handler<K extends TaskKindName> = (
  input: TaskInput<K>,
  context: TaskContext,
) => Promise<TaskOutput<K>>;
