import { eventually } from '@devsphere/shared/testing/eventually.ts';
import type { Cell } from '../cell.ts';
import type { Lab } from '../lab/lab.ts';
import type { LabProcess } from '../lab/lab-process.ts';
import { submitLoad } from '../load.ts';
import { noneEnded } from '../none-ended.ts';
import { lasting } from '../pause.ts';
import { readLog } from '../read-log.ts';

/** Workers reach the database through the proxy; something happens to the way there while they work. */
const through = (name: string, fault: (lab: Lab) => Promise<string | undefined>): Cell => ({
  name,
  run: async ({ lab, tasks, note }) => {
    await lab.startWorkers({ databaseUrl: lab.proxiedUrl });
    // Some are still to come when the fault is over.
    const load = submitLoad(lab, tasks, { overSeconds: 20 });
    await eventually('they work', () =>
      lab.workers.every(({ log }) => log.includes('attempt started')),
    );
    const fact = await fault(lab);
    if (fact) note(fact);
    await load;
    noneEnded(lab);
  },
});

const everythingCut: Cell = {
  name: 'every connection of every process killed x5',
  run: async ({ lab, tasks }) => {
    await lab.startWorkers();
    const load = submitLoad(lab, tasks);
    for (let round = 0; round < 5; round++) {
      await lasting(1.5);
      await lab.system.db.admin.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and usename = 'devsphere_app'
           and application_name not in ('test', 'test-queue')`,
      );
    }
    await load;
  },
};

const noticedWithinSeconds = 30;

/** The network forgets every connection, and tells nobody: each worker finds out by itself and goes on over new ones. */
async function noticed(lab: Lab): Promise<string> {
  const forgottenAt = Date.now();
  lab.proxy.forget();
  // Enough for both, however fast the first of them is back.
  const more = submitLoad(lab, 40, { prefix: 'afterwards', overSeconds: noticedWithinSeconds - 5 });
  const goesOn = (worker: LabProcess) =>
    readLog(worker).find(({ msg, time }) => msg === 'attempt settled' && time > forgottenAt)?.time;
  const times = await Promise.all(
    lab.workers.map((worker) =>
      eventually('it goes on', () => goesOn(worker), noticedWithinSeconds * 1000),
    ),
  );
  await more;
  return `noticed within ${((Math.max(...times) - forgottenAt) / 1000).toFixed(1)} s`;
}

export const brokenDatabase: Cell[] = [
  through('connections to the database cut x5', async ({ proxy }) => {
    for (let round = 0; round < 5; round++) {
      proxy.cut();
      await lasting(1.5);
    }
    return undefined;
  }),
  through('database out of reach for 30 s', async ({ proxy }) => {
    proxy.down();
    await lasting(30);
    proxy.heal();
    return undefined;
  }),
  through('half-open connections to the database', noticed),
  through('connection cut between COMMIT and its reply x20', async ({ proxy }) => {
    proxy.loseCommitReplies(20);
    await eventually('twenty replies were lost', () => proxy.commitRepliesLeft === 0, 40_000);
    return undefined;
  }),
  everythingCut,
];
