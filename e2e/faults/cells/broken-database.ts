import { eventually } from '@devsphere/shared/testing/eventually.ts';
import type { Cell } from '../cell.ts';
import type { Lab } from '../lab/lab.ts';
import { submitLoad } from '../load.ts';
import { noneEnded } from '../none-ended.ts';
import { lasting } from '../pause.ts';

/** Workers reach the database through the proxy; something happens to the way there while they work. */
const through = (name: string, fault: (lab: Lab) => Promise<void>): Cell => ({
  name,
  run: async ({ lab, tasks }) => {
    await lab.startWorkers({ databaseUrl: lab.proxiedUrl });
    const load = submitLoad(lab, tasks);
    await eventually('they work', () =>
      lab.workers.every(({ log }) => log.includes('attempt started')),
    );
    await fault(lab);
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

export const brokenDatabase: Cell[] = [
  through('connections to the database cut x5', async ({ proxy }) => {
    for (let round = 0; round < 5; round++) {
      proxy.cut();
      await lasting(1.5);
    }
  }),
  through('database out of reach for 30 s', async ({ proxy }) => {
    proxy.down();
    await lasting(30);
    proxy.heal();
  }),
  through('half-open connections to the database', async ({ proxy }) => proxy.forget()),
  through('connection cut between COMMIT and its reply x20', async ({ proxy }) => {
    proxy.loseCommitReplies(20);
    await eventually('twenty replies were lost', () => proxy.commitRepliesLeft === 0, 40_000);
  }),
  everythingCut,
];
