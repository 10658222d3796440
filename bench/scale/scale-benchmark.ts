import { tokenOf } from '../../shared/src/testing/people.ts';
import type { Benchmark } from '../benchmark.ts';
import { Child } from '../lab/child.ts';
import { now } from '../lab/clock.ts';
import type { Lab } from '../lab/lab.ts';
import { median } from '../statistics.ts';
import { type Ours, openOurs } from '../submitters/ours.ts';
import { fillTasks } from './fill-tasks.ts';

const small = { ended: 5_000, deferred: 5_000 };
/** A little less than a million wait: no plan lets more. */
const large = { ended: 500_000, deferred: 990_000 };
const wantedRatio = 1.3;
const samples = 150;

type Timings = Record<string, number>;

/** What a million stored tasks change, a million of them for later: nothing that people wait for. */
export const scaleBenchmark: Benchmark = {
  title: 'scale: from ten thousand stored tasks to a million and a half',
  run: async (lab) => {
    const ours = await openOurs(2);
    const worker = await Child.start('our-empty-worker.ts', [ours.test.url]);
    const api = await Child.start('our-api.ts', [ours.test.url]);
    try {
      const owner = { orgId: ours.person.orgId, userId: ours.person.actor.userId };
      const measure = () => measureAll(lab, ours, worker.child, api.detail);
      await fillTasks(ours.test.admin, owner, small);
      // The first look at everything is the one that plans it.
      await measure();
      const before = await measure();
      lab.say(`   storing ${large.ended + large.deferred} tasks …`);
      await fillTasks(ours.test.admin, owner, large);
      await measure();
      const after = await measure();
      const rows = Object.entries(after).map(([what, milliseconds]) => {
        const first = before[what] ?? Number.NaN;
        return { what, first, milliseconds, ratio: milliseconds / first };
      });
      return {
        tables: [
          {
            title: 'p50, milliseconds',
            head: ['', '10,000 tasks', '1,500,000 tasks', 'ratio'],
            rows: rows.map(({ what, first, milliseconds, ratio }) => [
              what,
              first.toFixed(2),
              milliseconds.toFixed(2),
              ratio.toFixed(2),
            ]),
          },
        ],
        thresholds: rows.map(({ what, ratio }) => ({
          what,
          wanted: `≤ ${wantedRatio} × of ten thousand`,
          seen: `${ratio.toFixed(2)} ×`,
          met: ratio <= wantedRatio,
        })),
      };
    } finally {
      await worker.child.stop();
      await api.child.stop();
      await ours.close();
    }
  },
};

async function measureAll(lab: Lab, ours: Ours, worker: Child, api: string): Promise<Timings> {
  lab.say('   measuring …');
  const token = await tokenOf(ours.person);
  const get = async (path: string) => {
    const response = await fetch(`${api}/v1/orgs/${ours.person.orgId}${path}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    if (!response.ok) throw new Error(`${path} answered ${response.status}`);
    return (await response.json()) as { tasks: Array<{ id: string }> };
  };
  const submits: number[] = [];
  const starts: number[] = [];
  for (let n = 0; n < samples; n++) {
    const began = now();
    const task = await ours.submit();
    submits.push(now() - began);
    starts.push((await worker.startOf(task)).at - began);
  }
  const { tasks } = await get('/tasks?limit=50');
  const some = tasks[25]?.id ?? '';
  const timed = async (path: string) => {
    const own: number[] = [];
    for (let n = 0; n < samples; n++) {
      const began = now();
      await get(path);
      own.push(now() - began);
    }
    return median(own);
  };
  return {
    submit: median(submits),
    'submit → start': median(starts),
    'task page: the task': await timed(`/tasks/${some}`),
    'task page: its explanation': await timed(`/tasks/${some}/explanation`),
    'list: newest': await timed('/tasks?limit=50'),
    'list: of one state': await timed('/tasks?limit=50&state=succeeded'),
    'list: of one tag': await timed('/tasks?limit=50&tag=tag-7'),
  };
}
