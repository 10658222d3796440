/** Everything an organisation can be told of, by webhook or in a chat, with what each means. */
export const outgoingEvents = {
  'task.waiting': 'A task waits for an approval',
  'task.succeeded': 'A task succeeded',
  'task.failed': 'A task failed',
  'task.cancelled': 'A task was cancelled',
  'task.expired': 'A task ran out of time',
  'schedule.paused': 'A schedule was paused',
  'budget.alert': 'Spending passed a threshold of the budget',
} as const;

export type OutgoingEvent = keyof typeof outgoingEvents;
export const outgoingEventNames = Object.keys(outgoingEvents) as [
  OutgoingEvent,
  ...OutgoingEvent[],
];

/** Sent by the test button alone; nobody chooses it. */
export const testEvent = 'webhook.test';
