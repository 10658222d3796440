import { Child, type Start } from '../lab/child.ts';
import type { Lab } from '../lab/lab.ts';
import { openBoss } from '../submitters/boss.ts';
import { openGraphile } from '../submitters/graphile.ts';
import { openOurs } from '../submitters/ours.ts';
import type { Submitter } from '../submitters/submitter.ts';

/** A submitter with one worker process, ten tasks at once; every handler does nothing. */
export type Contender<S extends Submitter = Submitter> = {
  name: string;
  submitter: S;
  /** When a task's handler started, for the nth time. */
  startOf: (taskId: string, delivery?: number) => Promise<Start>;
  close: () => Promise<void>;
};

const connections = 10;

export async function openOurContender() {
  const ours = await openOurs(connections);
  const worker = await Child.start('our-empty-worker.ts', [ours.test.url]);
  return contend('ours', ours, worker.child);
}

export async function openBossContender(lab: Lab) {
  const boss = await openBoss(await lab.createDatabase('start_boss'), {
    connections,
    notify: true,
  });
  const worker = await Child.start('boss-worker.ts', [boss.url]);
  return contend('stock pg-boss, work() with NOTIFY', boss, worker.child);
}

export async function openGraphileContender(lab: Lab, mode: 'usual' | 'local') {
  const url = await lab.createDatabase(`start_graphile_${mode}`);
  const graphile = await openGraphile(url, connections);
  const worker = await Child.start('graphile-worker.ts', [graphile.url, mode]);
  const name = mode === 'local' ? 'graphile-worker, local queue' : 'graphile-worker';
  return contend(name, graphile, worker.child);
}

function contend<S extends Submitter>(name: string, submitter: S, worker: Child): Contender<S> {
  return {
    name,
    submitter,
    startOf: (taskId, delivery) => worker.startOf(taskId, delivery),
    close: async () => {
      await worker.stop();
      await submitter.close();
    },
  };
}
