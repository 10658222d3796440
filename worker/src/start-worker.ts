import { submitTasks } from '@devsphere/shared/commands/submit-tasks.ts';
import { openDatabase } from '@devsphere/shared/db/database.ts';
import { Listener } from '@devsphere/shared/db/listener.ts';
import { ensureQueues } from '@devsphere/shared/queue/ensure-queues.ts';
import { readWorkNotice } from '@devsphere/shared/queue/work-notice.ts';
import { Clock } from './clock/clock.ts';
import { fireSchedules } from './clock/fire-schedules.ts';
import { ScheduleDuty } from './clock/schedule-duty.ts';
import { Controls } from './intake/controls.ts';
import { type IntakeDependencies, taskFetchers } from './intake/intake.ts';
import { openLookout } from './intake/open-lookout.ts';
import { openRunner } from './open-runner.ts';
import { outgoingFetchers } from './outgoing/outgoing-fetchers.ts';
import { troubleReporter } from './report-trouble.ts';
import { serviceFetchers } from './service-fetchers.ts';
import { probeList } from './upkeep/probes/probe-list.ts';
import { requestUpkeep } from './upkeep/request-upkeep.ts';
import { upkeepJobs } from './upkeep/upkeep-jobs.ts';
import type { WorkerOptions } from './worker-options.ts';

export type Worker = {
  /** Takes no more work, lets running tasks finish for the grace, gives the rest back, then closes. */
  stop: (graceSeconds: number) => Promise<void>;
  /** Why it takes no work although it lives; null while all is well. */
  trouble: () => string | null;
};

/** A look takes milliseconds and comes every 2 s; one that has not come for so long hangs or is refused. */
const wedgedSeconds = 15;
/** A trouble that lasts is told again this often. */
const reportMilliseconds = 5_000;

/** Starts one worker: a fetcher for each queue, the lookout that wakes them, one runner of tasks, and a clock. */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const { databaseUrl: url, name, log, concurrency, apart = null } = options;
  const onError = (error: Error) => log.error({ err: error }, 'database connection failed');
  const intakeDatabase = openDatabase({
    url,
    name: `${name}-intake`,
    maxConnections: 2,
    keepOpen: true,
    onError,
  });
  const { database, boss, runner, close } = await openRunner(options, {
    maxConnections: Math.min(10, concurrency + 2),
    supervise: true,
    apart,
    beatOver: intakeDatabase,
  });
  await ensureQueues(boss);
  const controls = new Controls();
  const intake: IntakeDependencies = {
    database: intakeDatabase,
    controls,
    onDue: (milliseconds) => lookout.lookIn(milliseconds),
    log,
  };
  const tasks = taskFetchers(intake, { runner, worker: name, slots: concurrency });
  const probes = probeList(database, boss, options.probed ?? {});
  const files = options.files ?? null;
  const jobs = upkeepJobs({
    database,
    boss,
    files,
    probes,
    keys: options.outgoing.keys,
    usageReport: options.usageReport ?? null,
  });
  const outgoing = outgoingFetchers(
    { intake, boss, database, claude: options.claude, log },
    { ...options.outgoing, linkSecret: options.linkSecret ?? null },
  );
  const others = [
    ...serviceFetchers({ intake, boss, database, jobs, mail: options.mail ?? null, files, log }),
    ...outgoing.fetchers,
  ];
  const fetchers = [...tasks, ...others];
  const duty = new ScheduleDuty(() => fireSchedules({ database, boss, submit: submitTasks, log }));
  const lookout = openLookout({ database: intakeDatabase, controls, fetchers, duty, log });
  const listener = new Listener({
    url,
    name: `${name}-listen`,
    on: {
      work: (payload) => {
        const { queue, job } = readWorkNotice(payload);
        fetchers.find((fetcher) => fetcher.queue === queue)?.wake(job);
      },
      control: (message) => runner.control(message),
      queues: () => void lookout.lookNow(),
    },
    onConnect: () => void lookout.lookNow(),
    onError,
  });
  await listener.start();
  // Before the first fetch: a queue paused before a restart stays paused.
  await lookout.lookNow();
  for (const fetcher of fetchers) fetcher.start();
  const clock = new Clock({ duties: [duty, requestUpkeep(boss, jobs)], log });
  clock.start();
  const trouble = () => {
    if (lookout.secondsSinceLook > wedgedSeconds)
      return `no look at the queues for ${wedgedSeconds} s`;
    const stuck = fetchers.find(({ busySeconds }) => busySeconds > wedgedSeconds);
    return stuck ? `no answer from the queue ${stuck.queue} for ${wedgedSeconds} s` : null;
  };
  const reporter = troubleReporter({ database, name, trouble, log });
  const reporting = setInterval(() => void reporter.lookNow(), reportMilliseconds);
  return {
    trouble,
    stop: async (graceSeconds) => {
      clearInterval(reporting);
      await clock.stop();
      await Promise.all([lookout.stop(), ...fetchers.map((fetcher) => fetcher.stop())]);
      await Promise.all([
        apart?.stop(),
        runner.drain(graceSeconds),
        ...others.map((fetcher) => fetcher.finished()),
      ]);
      await outgoing.close();
      await listener.close();
      await close();
      await intakeDatabase.close();
    },
  };
}
