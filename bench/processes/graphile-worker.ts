import { Logger, run } from 'graphile-worker';
import { graphileTask, type PeerJob } from '../submitters/peer-tables.ts';
import { leaveWithParent, tellReady, tellStarted } from './tell-parent.ts';

/** Graphile-worker, ten at once as our worker; with `local` it takes a hundred jobs at a time into its local queue. */
const [connectionString = '', mode] = process.argv.slice(2);
const runner = await run({
  connectionString,
  concurrency: 10,
  noHandleSignals: true,
  logger: new Logger(() => () => {}),
  preset: { worker: mode === 'local' ? { localQueue: { size: 100 } } : {} },
  taskList: {
    [graphileTask]: async (payload, { job }) => {
      tellStarted((payload as PeerJob).taskId, job.attempts);
    },
  },
});
leaveWithParent(() => runner.stop());
tellReady();
