import { formatDuration } from './format.ts';
import type { LiveWait, QueuedReason } from './live-waits.ts';

const queued: Record<QueuedReason, string> = {
  'retried by a person': 'Put back into the queue by a person',
  'retried by a program': 'Put back into the queue by a program',
  'retried by an operator': 'Put back into the queue by an operator',
  'redriven by an operator': 'Put back into the queue by an operator',
  'released by a worker': 'Returned to the queue by its worker, which costs no attempt',
  'waiting for the agent service': 'Wait for the agent service',
  'waiting for Claude to answer again': 'Wait for Claude to answer again',
  'waiting for room at Claude': 'Wait for room at Claude',
  'waiting for room in the budget': 'Wait for room in the budget',
};

/** What a task waits, or waited, for between two attempts; null for a wait that needs no word. */
export function waitWords(wait: LiveWait, answerers: Record<string, string>): string | null {
  if (wait.for === 'retry')
    return `Pause before trying again${wait.seconds > 0 ? `, set to ${formatDuration(wait.seconds * 1_000).replace('.0 s', ' s')}` : ''}`;
  if (wait.for === 'answer') return answerWords(wait, answerers[wait.approval]);
  return wait.reason && (queued[wait.reason] ?? wait.reason);
}

function answerWords(
  { how, until }: Extract<LiveWait, { for: 'answer' }>,
  name: string | undefined,
): string {
  if (how === 'timeout') return 'Nobody answered in time: it went on by itself';
  if (how === 'link') return 'Answered by whoever had its link';
  if (how === 'program') return `Answered by ${name ?? 'a program'}`;
  if (how === 'person') return `Answered by ${name ?? 'a person of the organisation'}`;
  return until === null ? 'Wait for an answer' : 'Nobody answered';
}
