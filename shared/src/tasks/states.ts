/** States of a task. The database holds the same lists; a test keeps them equal. */
export const taskStates = [
  'queued',
  'running',
  'waiting',
  'succeeded',
  'failed',
  'cancelled',
  'expired',
] as const;
export type TaskState = (typeof taskStates)[number];

export const terminalStates = [
  'succeeded',
  'failed',
  'cancelled',
  'expired',
] as const satisfies TaskState[];
export const liveStates = ['queued', 'running', 'waiting'] as const satisfies TaskState[];
export const retryableStates = ['failed', 'cancelled', 'expired'] as const satisfies TaskState[];

/** Every legal change of state; anything else is an error in the database itself. */
export const taskTransitions: ReadonlyArray<readonly [TaskState, TaskState]> = [
  ['queued', 'running'],
  ['queued', 'cancelled'],
  ['queued', 'expired'],
  ['queued', 'failed'],
  ['running', 'queued'],
  ['running', 'waiting'],
  ['running', 'succeeded'],
  ['running', 'failed'],
  ['running', 'cancelled'],
  ['running', 'expired'],
  ['waiting', 'queued'],
  ['waiting', 'cancelled'],
  ['waiting', 'expired'],
  ['waiting', 'failed'],
  ['failed', 'queued'],
  ['cancelled', 'queued'],
  ['expired', 'queued'],
];

export function isTerminal(state: TaskState): boolean {
  return (terminalStates as readonly TaskState[]).includes(state);
}
