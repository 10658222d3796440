import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { PgBoss } from 'pg-boss';
import { bossQueue, createTasks, insertTask, type PeerJob } from './peer-tables.ts';
import { peerRow } from './sample-task.ts';
import type { Submitter } from './submitter.ts';

export type BossSubmitter = Submitter & {
  url: string;
  /** Hands in a task whose first start fails. */
  submitFailing: () => Promise<string>;
};

/** Stock pg-boss: a plain insert of the row, then `send`, each a transaction of its own. No RLS. */
export async function openBoss(
  url: string,
  { connections, notify }: { connections: number; notify: boolean },
): Promise<BossSubmitter> {
  const pool = new pg.Pool({ connectionString: url, max: connections });
  pool.on('error', () => {});
  await pool.query(createTasks);
  const boss = new PgBoss({ connectionString: url, max: connections, useListenNotify: notify });
  boss.on('error', () => {});
  await boss.start();
  await boss.createQueue(bossQueue, { notify, retryLimit: 2, retryDelay: 0 });
  const orgId = randomUUID();
  const submit = async (job: Omit<PeerJob, 'taskId'>, runAt?: Date) => {
    const taskId = randomUUID();
    await pool.query(insertTask, peerRow(orgId, taskId));
    await boss.send(bossQueue, { ...job, taskId }, runAt ? { startAfter: runAt } : {});
    return taskId;
  };
  return {
    name: `pg-boss${notify ? ' with NOTIFY' : ''}: row, job; 2 transactions`,
    url,
    submit: (runAt) => submit({}, runAt),
    submitFailing: () => submit({ failFirst: true }),
    analyze: async () => void (await pool.query('analyze')),
    close: async () => {
      await boss.stop({ graceful: false });
      await pool.end();
    },
  };
}
