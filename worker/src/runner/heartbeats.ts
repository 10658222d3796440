import type { Database } from '@devsphere/shared/db/database.ts';
import { asSeveral, type SharedTx } from '@devsphere/shared/db/doors.ts';
import type { Logger } from '@devsphere/shared/log.ts';
import type { Claim } from './claim.ts';
import type { StopReason } from './outcome.ts';

/** A third of the queue's heartbeat: two may be missed before the job is given to another worker. */
const beatMilliseconds = 3_000;

type Beating = { claim: Claim; stop: (reason: StopReason) => void };

const touch = `
  update pgboss.job j set heartbeat_on = now() from unnest($1::text[], $2::uuid[], $3::int[]) as b (name, id, delivery)
  where j.name = b.name and j.id = b.id and j.state = 'active' and j.retry_count = b.delivery returning j.id`;

const read = `
  select id, attempt, cancel_requested_at is not null as stopping from tasks where org_id = $1 and id = any($2::uuid[])`;

/**
 * Tells the queue that the attempts of this worker are alive, all in one transaction, and looks whether each still should
 * be: a claim that passed to another worker, or a cancellation whose notification was lost, stops it.
 */
export class Heartbeats {
  readonly #database: Database;
  readonly #log: Logger;
  readonly #beating = new Set<Beating>();
  #timer: NodeJS.Timeout | undefined;

  constructor(database: Database, log: Logger) {
    this.#database = database;
    this.#log = log;
  }

  /** Beats for an attempt until the function it returns is called. */
  start(claim: Claim, stop: (reason: StopReason) => void): () => void {
    const beating = { claim, stop };
    this.#beating.add(beating);
    this.#timer ??= setInterval(() => void this.#beat(), beatMilliseconds);
    return () => {
      this.#beating.delete(beating);
      if (this.#beating.size > 0) return;
      clearInterval(this.#timer);
      this.#timer = undefined;
    };
  }

  async #beat(): Promise<void> {
    const all = [...this.#beating];
    try {
      const seen = await asSeveral(this.#database, { type: 'queue' }, (tx) => beatAll(tx, all));
      for (const { claim, stop } of all) {
        const task = seen.tasks.get(claim.taskId);
        if (!seen.jobs.has(claim.jobId) || task?.attempt !== claim.attempt) stop('claim lost');
        else if (task.stopping) stop('cancelled');
      }
    } catch (error) {
      // The next beat tries again; if none gets through, the queue gives the jobs to another worker.
      this.#log.warn({ err: error }, 'heartbeat failed');
    }
  }
}

type Seen = { jobs: Set<string>; tasks: Map<string, { attempt: number; stopping: boolean }> };

async function beatAll(tx: SharedTx, all: readonly Beating[]): Promise<Seen> {
  const claims = all.map(({ claim }) => claim);
  const touched = tx.query<{ id: string }>(touch, [
    claims.map(({ queue }) => queue),
    claims.map(({ jobId }) => jobId),
    claims.map(({ delivery }) => delivery),
  ]);
  const reads = [...Map.groupBy(claims, ({ orgId }) => orgId)].map(([orgId, theirs]) => {
    const taskIds = theirs.map(({ taskId }) => taskId);
    tx.become({ type: 'tasks', orgId, taskIds });
    return tx.query<{ id: string; attempt: number; stopping: boolean }>(read, [orgId, taskIds]);
  });
  tx.commitAlong();
  const [{ rows }, ...tasks] = await Promise.all([touched, ...reads]);
  return {
    jobs: new Set(rows.map(({ id }) => id)),
    tasks: new Map(tasks.flatMap(({ rows: theirs }) => theirs).map((task) => [task.id, task])),
  };
}
