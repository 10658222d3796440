import { eventually } from '@devsphere/shared/testing/eventually.ts';
import type { CallEntry } from '../../../simulator/src/calls/call-entry.ts';
import { promptOf } from '../bodies.ts';
import type { Cell } from '../cell.ts';
import { drain, submitLoad } from '../load.ts';

const [workers, slotsEach] = [2, 10];
const slots = workers * slotsEach;
const small = 20;
/** Of what it would wait if both had half of the slots from the start. */
const mostTimesItsShare = 2;

/** A huge organisation's tasks have piled up when workers start; a small one comes behind it, and does not wait for the pile. */
const herd: Cell = {
  name: 'recovery herd: 2,000 queued, workers start, and a small organisation comes behind',
  run: async ({ lab, tasks, note }) => {
    const queued = Math.min(2_000, tasks * 10);
    const [ada, bob] = lab.tenants;
    if (!ada || !bob) throw new Error('a lab has organisations');
    const { admin } = lab.system.db;
    await admin.query(`update organizations set plan = 'scale'`);
    await submitLoad(lab, queued, { prefix: 'pile', tenants: [ada], bodyOf: promptOf });
    // What takes time is waiting, not this machine's processors.
    await lab.control('PUT', 'pace', { tokens_per_second: 0, first_token_ms: 250 });
    await lab.startWorkers({ concurrency: slotsEach });
    const began = performance.now();
    await eventually('a tenth is done', async () => {
      const { rows } = await admin.query(
        `select count(*)::int as n from public.tasks where state = 'succeeded'`,
      );
      return rows[0].n >= queued / 10;
    });
    await submitLoad(lab, small, { prefix: 'small', tenants: [bob], bodyOf: promptOf });
    await drain(lab);
    const seconds = (performance.now() - began) / 1000;
    const { rows } = await admin.query<{ waited: number; run: number }>(
      `select extract(epoch from started_at - created_at)::float8 as waited, extract(epoch from ended_at - started_at)::float8 as run
       from public.tasks where org_id = $1 order by 1`,
      [bob.person.orgId],
    );
    const run = rows.reduce((sum, row) => sum + row.run, 0) / rows.length;
    // With half of the slots its tasks go in turns of so many, each as long as one runs.
    const share = p95(rows.map((_, index) => Math.floor(index / (slots / 2)) * run));
    const waited = p95(rows.map((row) => row.waited));
    const atOnce = mostAtOnce(await lab.calls());
    note(`${queued} drained at ${(queued / seconds).toFixed(0)}/s, ${atOnce} calls at once`);
    note(
      `small one's p95 wait ${waited.toFixed(2)} s, ${(waited / share).toFixed(2)}x its share of ${share.toFixed(2)} s`,
    );
    if (atOnce > slots) throw new Error(`${atOnce} calls at once, with ${slots} slots`);
    if (waited > mostTimesItsShare * share)
      throw new Error(`the small organisation waited ${waited} s where its share is ${share} s`);
  },
};

function p95(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1] ?? 0;
}

/** How many calls were under way at the provider in the busiest moment. */
function mostAtOnce(calls: CallEntry[]): number {
  const changes = calls.flatMap(({ received_at, ended_at }) => [
    { at: Date.parse(received_at), by: 1 },
    { at: Date.parse(ended_at), by: -1 },
  ]);
  // Within one millisecond what ended comes first: it made room for what began.
  changes.sort((a, b) => a.at - b.at || a.by - b.by);
  let [now, most] = [0, 0];
  for (const { by } of changes) {
    now += by;
    most = Math.max(most, now);
  }
  return most;
}

export const herds: Cell[] = [herd];
