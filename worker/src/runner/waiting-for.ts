import type { TaskError, TaskEventData } from '@devsphere/shared/contracts/events/task-event.ts';

type QueuedReason = TaskEventData<'task.queued'>['reason'];

const reasons: Partial<Record<string, QueuedReason>> = {
  agent_unavailable: 'waiting for the agent service',
  provider_unavailable: 'waiting for Claude to answer again',
  provider_limit: 'waiting for room at Claude',
  budget_spent: 'waiting for room in the budget',
};

/** Why a task that was given back is in the queue again, in the words of its history. */
export function waitingFor(error: TaskError | null): QueuedReason {
  return reasons[error?.code ?? ''] ?? 'released by a worker';
}
