import { submitTasks } from '../../shared/src/commands/submit-tasks.ts';
import { openDatabase } from '../../shared/src/db/database.ts';
import { createLogger } from '../../shared/src/log.ts';
import { startBoss } from '../../shared/src/queue/boss.ts';
import { Clock } from '../../worker/src/clock/clock.ts';
import { fireSchedules } from '../../worker/src/clock/fire-schedules.ts';
import { leaveWithParent, tellReady } from './tell-parent.ts';

/** The clock of our worker without the rest of it: what it submits stays in the queue. */
const url = process.argv[2] ?? '';
const log = createLogger('bench-clock', 'silent');
const onError = (error: Error) => {
  throw error;
};
const database = openDatabase({ url, name: 'bench-clock', maxConnections: 10, onError });
const boss = await startBoss({
  url,
  name: 'bench-clock',
  maxConnections: 2,
  supervise: false,
  onError,
});
const clock = new Clock({
  duties: [
    {
      name: 'schedules',
      runOnce: () => fireSchedules({ database, boss, submit: submitTasks, log }),
    },
  ],
  log,
});
clock.start();
leaveWithParent(() => clock.stop());
tellReady();
