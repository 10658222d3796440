import 'server-only';
import type { JobState } from '@devsphere/shared/contracts/operator.ts';
import type { JobQuery } from '@devsphere/shared/queries/operator/list-jobs.ts';
import { laterQueues, queues } from '@devsphere/shared/queue/queues.ts';
import { serviceQueues } from '@devsphere/shared/queue/service-queues.ts';
import { z } from 'zod';
import type { SearchParams } from './list-query.ts';

const pageSize = 50;

/** How the console groups the states of jobs. */
export const jobGroups = {
  waiting: { label: 'Waiting', states: ['created', 'retry'] },
  active: { label: 'Active', states: ['active'] },
  failed: { label: 'Failed', states: ['failed'] },
  completed: { label: 'Completed', states: ['completed'] },
  cancelled: { label: 'Cancelled', states: ['cancelled'] },
} as const satisfies Record<string, { label: string; states: JobState[] }>;
export type JobGroup = keyof typeof jobGroups;

/** The queues of tasks: the only ones with dead letters. */
export const taskQueueNames: string[] = Object.values(queues).map(({ name }) => name);
export const queueNames: string[] = [
  ...taskQueueNames,
  ...[...laterQueues, ...Object.values(serviceQueues)].map(({ name }) => name),
];

const cursor = z
  .string()
  .max(100)
  .transform((text) => text.split('~'))
  .pipe(
    z.tuple([
      z.string().regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?$/),
      z.uuid(),
    ]),
  )
  .transform(([createdAt, id]) => ({ createdAt, id }));

/** What the address asks for; values that make no sense are ignored, one by one. */
export function readJobQuery(params: SearchParams): JobQuery & { group: JobGroup } {
  const queue = queueNames.find((name) => name === params.queue) ?? queueNames[0] ?? '';
  const group = Object.hasOwn(jobGroups, String(params.state))
    ? (String(params.state) as JobGroup)
    : 'waiting';
  return {
    queue,
    group,
    states: [...jobGroups[group].states],
    before: cursor.safeParse(params.before).data ?? null,
    limit: pageSize,
  };
}

/** The address of a page of jobs. */
export function jobsPath(
  queue: string,
  group: JobGroup,
  before: JobQuery['before'] = null,
): string {
  const query = new URLSearchParams({ queue, state: group });
  if (before) query.set('before', `${before.createdAt}~${before.id}`);
  return `/operator/jobs?${query}`;
}
