import { eventually } from '../../shared/src/testing/eventually.ts';
import type { Report } from '../benchmark.ts';
import type { Lab } from '../lab/lab.ts';
import { median, quantile } from '../statistics.ts';
import type { BossSubmitter } from '../submitters/boss.ts';
import type { Ours } from '../submitters/ours.ts';
import type { Contender } from './contender.ts';

/** Fewer than the loops of stock pg-boss, each of which takes one job and then sleeps 30 s. */
const count = 8;
const wantedMilliseconds = 250;

type OurContender = Contender<Ours> & { simulatorUrl: string };

/** How long after its due time a delayed task, or the second start of one that failed, begins. */
export async function measureLateness(
  lab: Lab,
  ours: OurContender,
  boss: Contender<BossSubmitter>,
  graphile: Contender,
): Promise<Report> {
  lab.say('   delayed tasks and retries (stock pg-boss may take 30 s) …');
  const delayed: Array<[string, number[]]> = [];
  for (const contender of [ours, boss, graphile])
    delayed.push([contender.name, await delayedStarts(contender)]);
  const retried: Array<[string, number[]]> = [
    [ours.name, await ourRetries(ours)],
    [boss.name, await bossRetries(boss)],
  ];
  return {
    tables: [
      { title: 'a delayed task, after its due time', head, rows: delayed.map(row) },
      { title: 'a retry, after its due time', head, rows: retried.map(row) },
    ],
    thresholds: [
      ['delayed task, late at most', delayed[0]?.[1]] as const,
      ['retry, late at most', retried[0]?.[1]] as const,
    ].map(([what, late]) => {
      const worst = Math.max(...(late ?? []));
      return {
        what,
        wanted: `≤ ${wantedMilliseconds} ms`,
        seen: `${worst.toFixed(0)} ms`,
        met: worst <= wantedMilliseconds,
      };
    }),
  };
}

const head = ['', 'p50 ms', 'most ms'];

function row([name, late]: [string, number[]]): string[] {
  return [name, median(late).toFixed(0), quantile(late, 1).toFixed(0)];
}

/** Due one after the other between one and three seconds from now. */
function delayedStarts({ submitter, startOf }: Contender): Promise<number[]> {
  return Promise.all(
    Array.from({ length: count }, async (_, i) => {
      const runAt = new Date(Date.now() + 1000 + (i * 2000) / count);
      const { wallAt } = await startOf(await submitter.submit(runAt));
      return wallAt - runAt.getTime();
    }),
  );
}

/** The provider fails each first call; the task's own row says when the second start was due. */
async function ourRetries({ submitter, startOf, simulatorUrl }: OurContender): Promise<number[]> {
  const late: number[] = [];
  for (let i = 0; i < count; i++) {
    await fetch(`${simulatorUrl}/_control/faults`, {
      method: 'POST',
      body: JSON.stringify({ kind: 'status', status: 529 }),
    });
    const taskId = await submitter.submit();
    const { wallAt } = await startOf(taskId, 2);
    // Ended, too: its second call must not take the next one's fault.
    const due = await eventually('a retried task ends', async () => {
      const { rows } = await submitter.test.admin.query<{ run_at: Date }>(
        `select run_at from tasks where id = $1 and state = 'succeeded'`,
        [taskId],
      );
      return rows[0]?.run_at;
    });
    late.push(wallAt - due.getTime());
  }
  return late;
}

/** Retried at once: due when the first start failed, which is when it began. */
function bossRetries({ submitter, startOf }: Contender<BossSubmitter>): Promise<number[]> {
  return Promise.all(
    Array.from({ length: count }, async () => {
      const taskId = await submitter.submitFailing();
      const first = await startOf(taskId, 1);
      return (await startOf(taskId, 2)).wallAt - first.wallAt;
    }),
  );
}
