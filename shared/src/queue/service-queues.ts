import type { PgBoss, Queue } from 'pg-boss';
import type { Tx } from '../db/doors.ts';
import { newId } from '../ids.ts';
import { bossInTransaction } from './boss-in-transaction.ts';
import { deliveriesLimit, keepCompletedSeconds, keepWaitingSeconds } from './queues.ts';

/** A queue of work that is not a task; what its jobs carry is said beside the function that sends them. */
export type ServiceQueue = { name: string; about: string; settings: Omit<Queue, 'name'> };

/** One try of a message to the outside: its delivery row counts the tries and says when the next is. */
const message = {
  // Only has to exceed ours.
  retryLimit: deliveriesLimit,
  retryDelay: 0,
  // Twice the longest a message may take.
  expireInSeconds: 40,
  // A vanished worker's message is sent again after this; pg-boss accepts no less.
  heartbeatSeconds: 10,
  deleteAfterSeconds: keepCompletedSeconds,
  retentionSeconds: keepWaitingSeconds,
} satisfies ServiceQueue['settings'];

/** Every queue beside those of the tasks, as operators see them. */
export const serviceQueues = {
  webhooks: {
    name: 'webhooks',
    about: 'Messages to organisations’ endpoints, one job a delivery.',
    settings: message,
  },
  integrations: {
    name: 'integrations',
    about: 'Notifications to integrations, and looks whether they work.',
    settings: message,
  },
  timers: {
    name: 'timers',
    about: 'Times at which something happens to a task, one delayed job each.',
    settings: {
      retryLimit: 20,
      retryDelay: 5,
      retryBackoff: true,
      retryDelayMax: 3_600,
      expireInSeconds: 60,
      deleteAfterSeconds: keepCompletedSeconds,
      retentionSeconds: keepWaitingSeconds,
    },
  },
  mail: {
    name: 'mail',
    about: 'Mails to send.',
    settings: {
      // With backoff about a day: longer than most mail servers are away.
      retryLimit: 12,
      retryDelay: 15,
      retryBackoff: true,
      retryDelayMax: 3 * 3_600,
      expireInSeconds: 120,
      deleteAfterSeconds: 7 * 24 * 3_600,
    },
  },
  organizations: {
    name: 'organizations',
    about: 'Exports and deletions of whole organisations.',
    settings: {
      retryLimit: 20,
      retryDelay: 5,
      retryBackoff: true,
      retryDelayMax: 3_600,
      // A vanished worker's job starts again after this and goes on where it was.
      expireInSeconds: 1_800,
      deleteAfterSeconds: 24 * 3_600,
    },
  },
  upkeep: {
    name: 'upkeep',
    about: 'The system’s own work: retention, roll-ups, probes. May be repeated safely.',
    settings: {
      retryLimit: 3,
      retryDelay: 30,
      expireInSeconds: 600,
      // Longer than any slot: the finished job is what keeps its slot taken.
      deleteAfterSeconds: 7 * 24 * 3_600,
    },
  },
} as const satisfies Record<string, ServiceQueue>;

/** Creates a queue or brings its settings up to date. Safe to repeat. */
export async function ensureQueue(
  boss: PgBoss,
  { name, settings }: Pick<ServiceQueue, 'name' | 'settings'>,
): Promise<void> {
  if (await boss.getQueue(name)) await boss.updateQueue(name, settings);
  else await boss.createQueue(name, settings);
}

/**
 * Sends an organisation's job in the transaction that makes it necessary, under an id of its own unless one is given.
 * Throws when the queue did not take it.
 */
export async function sendServiceJob(
  tx: Tx,
  boss: PgBoss,
  { name }: ServiceQueue,
  payload: { orgId: string },
  { id = newId(), ...when }: { id?: string; startAfter?: Date } = {},
): Promise<void> {
  const options = { id, ...when, group: { id: payload.orgId }, ...bossInTransaction(tx) };
  if ((await boss.send(name, payload, options)) !== id)
    throw new Error(`the queue ${name} did not take the job`);
  tx.announceAfterCommit('work', name);
}
