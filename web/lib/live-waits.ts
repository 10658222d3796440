import type { TaskEvent, TaskEventData } from '@devsphere/shared/contracts/events/task-event.ts';

export type QueuedReason = TaskEventData<'task.queued'>['reason'];
export type AnsweredHow = TaskEventData<'approval.answered'>['how'];

/** A time in which no worker had the task, and what for. */
export type LiveWait = {
  /** The attempt it follows; 0 before the first. */
  after: number;
  since: string;
  /** Null while it lasts. */
  until: string | null;
} & (
  | { for: 'retry'; seconds: number }
  | { for: 'answer'; approval: string; title: string; how: AnsweredHow | null }
  /** A worker, after it was put back for that reason; null after an answer. */
  | { for: 'worker'; reason: QueuedReason | null }
);

/** The waits after one more event; the same ones for an event that begins and ends none. */
export function nextWaits(waits: LiveWait[], event: TaskEvent, after: number): LiveWait[] {
  const begin = { after, since: event.at, until: null };
  switch (event.type) {
    case 'task.queued':
      return [...ended(waits, event.at), { ...begin, for: 'worker', reason: event.data.reason }];
    case 'attempt.failed':
      return [
        ...ended(waits, event.at),
        { ...begin, for: 'retry', seconds: event.data.retryInSeconds },
      ];
    case 'approval.requested': {
      const { approval, title } = event.data;
      return [...ended(waits, event.at), { ...begin, for: 'answer', approval, title, how: null }];
    }
    case 'approval.answered': {
      const { approval, how } = event.data;
      const answered = waits.map((wait) =>
        wait.for === 'answer' && wait.approval === approval ? { ...wait, how } : wait,
      );
      return [...ended(answered, event.at), { ...begin, for: 'worker', reason: null }];
    }
    case 'attempt.started':
    case 'task.ended':
      return ended(waits, event.at);
    default:
      return waits;
  }
}

function ended(waits: LiveWait[], at: string): LiveWait[] {
  if (waits.every(({ until }) => until !== null)) return waits;
  return waits.map((wait) => (wait.until === null ? { ...wait, until: at } : wait));
}
