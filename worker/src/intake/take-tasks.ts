import type { Database } from '@devsphere/shared/db/database.ts';
import { asSeveral, type SharedTx } from '@devsphere/shared/db/doors.ts';
import { isId } from '@devsphere/shared/ids.ts';
import {
  jobPayloadVersion,
  placesOf,
  queueNamed,
  type TaskJob,
} from '@devsphere/shared/queue/queues.ts';
import type { Claim } from '../runner/claim.ts';
import { claimTasks } from '../runner/claim-tasks.ts';
import type { Controls, Limits } from './controls.ts';
import { takeJobs } from './take-jobs.ts';
import type { TakenJob } from './taken-job.ts';
import { askWhatWaits, type WhatWaits } from './what-waits.ts';

export type TaskTakerOptions = {
  database: Database;
  queue: string;
  /** The worker's name, for the attempts. */
  worker: string;
  controls: Controls;
};

export type TakenTask = {
  job: TakenJob<TaskJob>;
  /** Undefined when its task could not be claimed, or was not to be. */
  claim: Claim | undefined;
};

/** Jobs for later that are moved at a time. */
const mostMoved = 500;

/** What was for later and is due now goes where it is taken from. */
const moveDue = `
  with due as (
    select id from pgboss.job where name = $2 and state = 'created' and blocked = false and start_after <= now()
    order by start_after limit ${mostMoved} for update skip locked
  )
  update pgboss.job j set name = $1 from due where j.name = $2 and j.id = due.id`;

/**
 * Takes tasks of one queue: their jobs and their claims in one transaction, which need not wait for the disk: what the
 * attempts do later waits for commits of their own, which carry this one along; lost with the machine before that, the
 * jobs are simply delivered again.
 */
export class TaskTaker {
  readonly #options: TaskTakerOptions;
  #served = '';

  constructor(options: TaskTakerOptions) {
    this.#options = options;
  }

  /** At most so many; fewer only when no other may run. With `claim: false` the jobs are only taken. */
  async take(
    free: number,
    { claim }: { claim: boolean },
  ): Promise<{ tasks: TakenTask[]; waits: WhatWaits }> {
    const { database, queue, controls } = this.#options;
    const { limits } = controls;
    if (!limits) return { tasks: [], waits: { more: true, dueMilliseconds: null } };
    return asSeveral(database, { type: 'queue' }, async (tx) => {
      const moved = this.#moveDue(tx);
      const taking = this.#takeJobs(tx, free, limits);
      const asking = askWhatWaits(tx, queue, placesOf(queue));
      const [, jobs, waits] = await Promise.all([moved, taking, asking]);
      const claims = claim ? this.#claimAll(tx, jobs) : [];
      tx.commitAlong();
      const claimed = new Map((await Promise.all(claims)).flatMap((theirs) => [...theirs]));
      return { tasks: jobs.map((job) => ({ job, claim: claimed.get(job) })), waits };
    });
  }

  async #moveDue(tx: SharedTx): Promise<void> {
    const { queue, controls } = this.#options;
    const later = queueNamed(queue)?.later;
    await Promise.all([
      tx.query(`select set_config('synchronous_commit', 'off', true)`),
      later && !controls.isPaused(later) && tx.query(moveDue, [queue, later]),
    ]);
  }

  async #takeJobs(tx: SharedTx, free: number, limits: Limits): Promise<TakenJob<TaskJob>[]> {
    const { jobs, last } = await takeJobs<TaskJob>(
      tx,
      this.#options.queue,
      free,
      limits,
      this.#served,
    );
    this.#served = last;
    return jobs;
  }

  /** Gives the claims of each organisation's tasks, with their rights. */
  #claimAll(
    tx: SharedTx,
    jobs: readonly TakenJob<TaskJob>[],
  ): Promise<Map<TakenJob<TaskJob>, Claim>>[] {
    const readable = jobs.filter(({ data }) => whyUnreadable(data) === undefined);
    return [...Map.groupBy(readable, ({ data }) => data.orgId)].map(([orgId, theirs]) => {
      tx.become({ type: 'tasks', orgId, taskIds: theirs.map(({ data }) => data.taskId) });
      return claimTasks(tx, orgId, theirs, this.#options.worker);
    });
  }
}

/** Why a payload is refused, not guessed; undefined for one we know. */
export function whyUnreadable(data: Partial<TaskJob> | null): string | undefined {
  if (data?.version !== jobPayloadVersion) return 'unknown_payload_version';
  return isId(data.orgId ?? '') && isId(data.taskId ?? '') ? undefined : 'unreadable_payload';
}
