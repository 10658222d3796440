import type { Database } from '@devsphere/shared/db/database.ts';
import { asSeveral, type SharedTx } from '@devsphere/shared/db/doors.ts';
import { isId } from '@devsphere/shared/ids.ts';
import {
  jobPayloadVersion,
  placesOf,
  queueNamed,
  type TaskJob,
} from '@devsphere/shared/queue/queues.ts';
import type { NamedJob } from '@devsphere/shared/queue/work-notice.ts';
import type { Claim } from '../runner/claim.ts';
import { claimTasks } from '../runner/claim-tasks.ts';
import type { Controls, Limits } from './controls.ts';
import { takeJobs } from './take-jobs.ts';
import { takeNamedJobs, takenSetting } from './take-named-jobs.ts';
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

/** Looks in a row that may find nobody who may run, before somebody wakes us: each sees other organisations. */
const mostVainLooks = 20;

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
 * Takes tasks of one queue: their jobs and their claims in one transaction, which waits for the disk. One that was lost with the
 * server would be given to somebody else as the same delivery and the same attempt, which no fence tells from ours.
 */
export class TaskTaker {
  readonly #options: TaskTakerOptions;
  #served = '';
  #vainLooks = 0;

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
    if (!limits) return { tasks: [], waits: { more: true, unseen: false, dueMilliseconds: null } };
    return asSeveral(database, { type: 'queue' }, async (tx) => {
      const moved = this.#moveDue(tx);
      const taking = this.#takeJobs(tx, free, limits);
      const asking = askWhatWaits(tx, queue, placesOf(queue));
      const [, { jobs, isAll }, waits] = await Promise.all([moved, taking, asking]);
      this.#vainLooks = jobs.length > 0 || isAll ? 0 : this.#vainLooks + 1;
      const unseen = !isAll && this.#vainLooks % mostVainLooks > 0;
      const claims = claim ? this.#claimAll(tx, jobs) : [];
      tx.commitAlong();
      const claimed = new Map((await Promise.all(claims)).flatMap((theirs) => [...theirs]));
      const tasks = jobs.map((job) => ({ job, claim: claimed.get(job) }));
      return { tasks, waits: { ...waits, unseen } };
    });
  }

  /** Takes and claims the jobs that notices named, in one way there and back. */
  async takeNamed(named: readonly NamedJob[]): Promise<{ tasks: TakenTask[]; limited: boolean }> {
    const { database, queue, controls } = this.#options;
    const { limits } = controls;
    if (!limits) return { tasks: [], limited: true };
    const jobs = named.map(jobOf);
    return asSeveral(database, { type: 'queue' }, async (tx) => {
      const taking = takeNamedJobs(tx, queue, named, limits);
      const claims = this.#claimAll(tx, jobs, takenSetting);
      tx.commitAlong();
      const [{ taken, limited }, ...theirs] = await Promise.all([taking, ...claims]);
      const claimed = new Map(theirs.flatMap((some) => [...some]));
      const ours = jobs.filter(({ id }) => taken.has(id));
      return { tasks: ours.map((job) => ({ job, claim: claimed.get(job) })), limited };
    });
  }

  async #moveDue(tx: SharedTx): Promise<void> {
    const { queue, controls } = this.#options;
    const later = queueNamed(queue)?.later;
    if (later && !controls.isPaused(later)) await tx.query(moveDue, [queue, later]);
  }

  async #takeJobs(tx: SharedTx, free: number, limits: Limits) {
    const taken = await takeJobs<TaskJob>(tx, this.#options.queue, free, limits, this.#served);
    this.#served = taken.last;
    return taken;
  }

  /**
   * Gives the claims of each organisation's tasks, with their rights. One that was running may have brought down the worker
   * that had it: it is looked at before it is claimed.
   */
  #claimAll(
    tx: SharedTx,
    jobs: readonly TakenJob<TaskJob>[],
    takenIn: string | null = null,
  ): Promise<Map<TakenJob<TaskJob>, Claim>>[] {
    const readable = jobs.filter(({ data }) => whyUnreadable(data) === undefined);
    return [...Map.groupBy(readable, ({ data }) => data.orgId)].map(([orgId, theirs]) => {
      tx.become({ type: 'tasks', orgId, taskIds: theirs.map(({ data }) => data.taskId) });
      return claimTasks(tx, orgId, theirs, this.#options.worker, { takenIn, lost: false });
    });
  }
}

/** A job that has just been sent: this is its first delivery. */
function jobOf({ queue, jobId, orgId, taskId }: NamedJob): TakenJob<TaskJob> {
  const data: TaskJob = { version: jobPayloadVersion, orgId, taskId };
  return { id: jobId, name: queue, data, retryCount: 0 };
}

/** Why a payload is refused, not guessed; undefined for one we know. */
export function whyUnreadable(data: Partial<TaskJob> | null): string | undefined {
  if (data?.version !== jobPayloadVersion) return 'unknown_payload_version';
  return isId(data.orgId ?? '') && isId(data.taskId ?? '') ? undefined : 'unreadable_payload';
}
