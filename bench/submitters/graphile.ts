import { randomUUID } from 'node:crypto';
import { Logger, makeWorkerUtils } from 'graphile-worker';
import pg from 'pg';
import { createTasks, graphileTask, insertTask } from './peer-tables.ts';
import { peerRow } from './sample-task.ts';
import type { Submitter } from './submitter.ts';

/** Stock graphile-worker: a plain insert of the row, then `addJob`, each a transaction of its own. No RLS. */
export async function openGraphile(
  url: string,
  connections: number,
): Promise<Submitter & { url: string }> {
  const pool = new pg.Pool({ connectionString: url, max: connections });
  // Both, because graphile-worker insists on seeing them handled.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  await pool.query(createTasks);
  const worker = await makeWorkerUtils({ pgPool: pool, logger: new Logger(() => () => {}) });
  await worker.migrate();
  const orgId = randomUUID();
  return {
    name: 'graphile-worker: row, job; 2 transactions',
    url,
    submit: async (runAt) => {
      const taskId = randomUUID();
      await pool.query(insertTask, peerRow(orgId, taskId));
      await worker.addJob(graphileTask, { taskId }, runAt ? { runAt } : {});
      return taskId;
    },
    analyze: async () => void (await pool.query('analyze')),
    close: async () => {
      await worker.release();
      await pool.end();
    },
  };
}
