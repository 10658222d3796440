import { addBins, type PgBoss, percentile, type QueueStats } from 'pg-boss';
import type { JobCounts, QueueOverview } from '../../contracts/operator.ts';
import { asOperator, type Operator } from '../../db/as-operator.ts';
import type { Database } from '../../db/database.ts';
import { bossInTransaction } from '../../queue/boss-in-transaction.ts';
import { countJobs } from '../../queue/count-jobs.ts';
import { laterQueues, queues } from '../../queue/queues.ts';
import { serviceQueues } from '../../queue/service-queues.ts';

const windowMinutes = 15;
const flowMilliseconds = 5_000;

type Control = { queue: string; paused_at: Date; by: string | null; reason: string };

/** How every queue fares: counts of this moment, flow and times of the last quarter of an hour. */
export async function queueOverview(
  database: Database,
  boss: PgBoss,
  operator: Operator,
): Promise<QueueOverview[]> {
  const all = [
    ...Object.values(queues),
    ...[...laterQueues, ...Object.values(serviceQueues)].map((queue) => ({
      ...queue,
      deadLetter: null,
    })),
  ];
  const live = await asOperator(database, operator, async (tx) => {
    const { db } = bossInTransaction(tx);
    const [controls, counts, dead] = await Promise.all([
      tx.query<Control>(
        `select c.queue, c.paused_at, p.display_name as by, c.reason
         from queue_controls c left join profiles p on p.user_id = c.paused_by`,
      ),
      countJobs(
        db,
        all.map(({ name }) => name),
      ),
      countJobs(
        db,
        Object.values(queues).map(({ deadLetter }) => deadLetter),
      ),
    ]);
    return { controls: controls.rows, counts, dead };
  });
  const flows = await flowsOf(
    boss,
    all.map(({ name }) => name),
  );
  return all.map(({ name, about, deadLetter }) => {
    const control = live.controls.find(({ queue }) => queue === name);
    return {
      queue: name,
      about,
      ...(live.counts.get(name) ?? none),
      deadLetters: deadLetter && (live.dead.get(deadLetter)?.ready ?? 0),
      ...(flows.get(name) ?? noFlow),
      paused: control
        ? {
            at: control.paused_at.toISOString(),
            by: control.by ?? 'a former operator',
            reason: control.reason,
          }
        : null,
    };
  });
}

const none: JobCounts = { ready: 0, delayed: 0, active: 0, failed: 0, oldestReadySeconds: null };
const noFlow = { completedPerMinute: null, waitSeconds: null, runSeconds: null };

type Flow = Pick<QueueOverview, 'completedPerMinute' | 'waitSeconds' | 'runSeconds'>;
type Flows = { at: number; byQueue: Promise<Map<string, Flow>> };
const known = new WeakMap<PgBoss, Flows>();

/** Read from thousands of snapshots, so everybody who looks within a few seconds sees the same. */
function flowsOf(boss: PgBoss, names: string[]): Promise<Map<string, Flow>> {
  const last = known.get(boss);
  const now = performance.now();
  if (last && now - last.at < flowMilliseconds) return last.byQueue;
  const byQueue = readFlows(boss, names);
  known.set(boss, { at: now, byQueue });
  byQueue.catch(() => known.delete(boss));
  return byQueue;
}

async function readFlows(boss: PgBoss, names: string[]): Promise<Map<string, Flow>> {
  const from = new Date(Date.now() - windowMinutes * 60_000);
  const limit = windowMinutes * 60;
  return new Map(
    await Promise.all(
      names.map(
        async (name) => [name, flowOf(await boss.getQueueStats(name, { from, limit }))] as const,
      ),
    ),
  );
}

function flowOf(snapshots: QueueStats[]): Flow {
  let completed = 0;
  let seconds = 0;
  let wait: number[] | null = null;
  let run: number[] | null = null;
  for (const snapshot of snapshots) {
    completed += snapshot.completedDelta ?? 0;
    seconds += snapshot.deltaSeconds ?? 0;
    wait = addBins(wait, snapshot.waitBins);
    run = addBins(run, snapshot.runBins);
  }
  return {
    completedPerMinute: seconds > 0 ? (completed / seconds) * 60 : null,
    waitSeconds: percentiles(wait),
    runSeconds: percentiles(run),
  };
}

function percentiles(bins: number[] | null): { p50: number; p95: number } | null {
  const p50 = percentile(bins, 50);
  const p95 = percentile(bins, 95);
  return p50 === null || p95 === null ? null : { p50, p95 };
}
