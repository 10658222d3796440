import { Child, type Start } from '../lab/child.ts';
import type { Lab } from '../lab/lab.ts';
import { openBoss } from '../submitters/boss.ts';
import { openGraphile } from '../submitters/graphile.ts';
import { openOurs } from '../submitters/ours.ts';
import { shortTask } from '../submitters/sample-task.ts';
import type { Submitter } from '../submitters/submitter.ts';

/** A submitter with one worker process, ten tasks at once. */
export type Contender<S extends Submitter = Submitter> = {
  name: string;
  submitter: S;
  /** When a task's handler started, for the nth time. */
  startOf: (taskId: string, delivery?: number) => Promise<Start>;
  close: () => Promise<void>;
};

const connections = 10;

/** Ours with the simulator in a process of its own: our tasks are really run, the peers' handlers do nothing. */
export async function openOurContender() {
  const simulator = await Child.start('simulator.ts', ['0']);
  const ours = await openOurs(connections, shortTask);
  const worker = await Child.start('our-worker.ts', [ours.test.url, simulator.detail]);
  const contender = contend('ours', ours, worker.child);
  return {
    ...contender,
    simulatorUrl: simulator.detail,
    close: async () => {
      await contender.close();
      await simulator.child.stop();
    },
  };
}

export async function openBossContender(lab: Lab) {
  const boss = await openBoss(await lab.createDatabase('start_boss'), {
    connections,
    notify: true,
  });
  const worker = await Child.start('boss-worker.ts', [boss.url]);
  return contend('stock pg-boss, work() with NOTIFY', boss, worker.child);
}

export async function openGraphileContender(lab: Lab) {
  const graphile = await openGraphile(await lab.createDatabase('start_graphile'), connections);
  const worker = await Child.start('graphile-worker.ts', [graphile.url]);
  return contend('graphile-worker', graphile, worker.child);
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
