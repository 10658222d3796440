import { PgBoss } from 'pg-boss';
import { bossQueue, type PeerJob } from '../submitters/peer-tables.ts';
import { leaveWithParent, tellReady, tellStarted } from './tell-parent.ts';

/** Stock pg-boss: `work()` on a queue with notifications, ten at once as our worker. */
const [url = ''] = process.argv.slice(2);
const boss = new PgBoss({ connectionString: url, useListenNotify: true });
boss.on('error', (error) => process.stderr.write(`pg-boss: ${error.message}\n`));
await boss.start();
await boss.work<PeerJob>(
  bossQueue,
  { localConcurrency: 10, includeMetadata: true },
  async ([job]) => {
    if (!job) return;
    tellStarted(job.data.taskId, job.retryCount + 1);
    if (job.data.failFirst && job.retryCount === 0) throw new Error('the first start fails');
  },
);
leaveWithParent(() => boss.stop({ graceful: false }));
tellReady();
