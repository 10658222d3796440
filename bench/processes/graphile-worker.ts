import { Logger, run } from 'graphile-worker';
import { graphileTask, type PeerJob } from '../submitters/peer-tables.ts';
import { leaveWithParent, tellReady, tellStarted } from './tell-parent.ts';

/** Stock graphile-worker, ten at once as our worker. */
const [connectionString = ''] = process.argv.slice(2);
const runner = await run({
  connectionString,
  concurrency: 10,
  noHandleSignals: true,
  logger: new Logger(() => () => {}),
  taskList: {
    [graphileTask]: async (payload, { job }) => {
      tellStarted((payload as PeerJob).taskId, job.attempts);
    },
  },
});
leaveWithParent(() => runner.stop());
tellReady();
