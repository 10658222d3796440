import { submitTasks } from '@devsphere/shared/commands/submit-tasks.ts';
import { Listener } from '@devsphere/shared/db/listener.ts';
import { ensureQueues } from '@devsphere/shared/queue/ensure-queues.ts';
import type { MailPayload } from '@devsphere/shared/queue/mail-queue.ts';
import type { OrganizationJob } from '@devsphere/shared/queue/organization-queue.ts';
import { openPreparedQueue } from '@devsphere/shared/queue/prepared-queue.ts';
import { queues, type TaskJob } from '@devsphere/shared/queue/queues.ts';
import { serviceQueues } from '@devsphere/shared/queue/service-queues.ts';
import type { TimerJob } from '@devsphere/shared/queue/timer-queue.ts';
import type { UpkeepPayload } from '@devsphere/shared/queue/upkeep-queue.ts';
import { Clock } from './clock/clock.ts';
import { fireSchedules } from './clock/fire-schedules.ts';
import { sendQueuedMail } from './mail/send-queued-mail.ts';
import { openRunner } from './open-runner.ts';
import { runOrganizationJob } from './organizations/run-organization-job.ts';
import { outgoingFetchers } from './outgoing/outgoing-fetchers.ts';
import { troubleReporter } from './report-trouble.ts';
import { Fetcher } from './runner/fetcher.ts';
import { PausedQueues } from './runner/paused-queues.ts';
import { PlanLimits } from './runner/plan-limits.ts';
import { runTimer } from './timers/run-timer.ts';
import { probeList } from './upkeep/probes/probe-list.ts';
import { requestUpkeep } from './upkeep/request-upkeep.ts';
import { runUpkeep } from './upkeep/run-upkeep.ts';
import { upkeepJobs } from './upkeep/upkeep-jobs.ts';
import type { WorkerOptions } from './worker-options.ts';

export type Worker = {
  /** Takes no more work, lets running tasks finish for the grace, gives the rest back, then closes. */
  stop: (graceSeconds: number) => Promise<void>;
  /** Why it takes no work although it lives; null while all is well. */
  trouble: () => string | null;
};

/** Loops look every 2 s; one that has not for so long hangs or is refused. */
const wedgedSeconds = 15;
/** A trouble that lasts is told again this often. */
const reportMilliseconds = 5_000;

/** Starts one worker: a fetcher for each queue, all feeding one runner, and a clock. */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const { databaseUrl, name, log, concurrency, apart = null } = options;
  const onError = (error: Error) => log.error({ err: error }, 'database connection failed');
  const { database, boss, runner, close } = await openRunner(options, {
    maxConnections: Math.min(10, concurrency + 2),
    supervise: true,
    apart,
  });
  await ensureQueues(boss);
  const prepared = openPreparedQueue({ url: databaseUrl, name, onError });
  const paused = new PausedQueues(database, log);
  const limits = new PlanLimits(database, log);
  const fetchers = Object.values(queues).map(
    (queue) =>
      new Fetcher<TaskJob>({
        boss,
        db: prepared.db,
        queue: queue.name,
        slots: concurrency,
        run: (job) => runner.run(job),
        paused,
        limits,
        log,
      }),
  );
  const probes = probeList(database, boss, options.probed ?? {});
  const jobs = upkeepJobs({
    database,
    boss,
    files: options.files ?? null,
    probes,
    keys: options.outgoing.keys,
  });
  const upkeep = new Fetcher<UpkeepPayload>({
    boss,
    db: prepared.db,
    queue: serviceQueues.upkeep.name,
    slots: 1,
    run: (job) => runUpkeep({ boss, jobs, log }, job),
    paused,
    log,
  });
  const mails = new Fetcher<MailPayload>({
    boss,
    db: prepared.db,
    queue: serviceQueues.mail.name,
    slots: 5,
    run: (job) => sendQueuedMail({ database, boss, mail: options.mail ?? null, log }, job),
    paused,
    log,
  });
  const outgoing = outgoingFetchers(
    { boss, db: prepared.db, database, claude: options.claude, paused, log },
    { ...options.outgoing, linkSecret: options.linkSecret ?? null },
  );
  const timers = new Fetcher<TimerJob>({
    boss,
    db: prepared.db,
    queue: serviceQueues.timers.name,
    slots: 5,
    run: (job) => runTimer({ database, boss, log }, job),
    paused,
    log,
  });
  const organizations = new Fetcher<OrganizationJob>({
    boss,
    db: prepared.db,
    queue: serviceQueues.organizations.name,
    slots: 2,
    run: (job) => runOrganizationJob({ database, boss, files: options.files ?? null, log }, job),
    paused,
    log,
  });
  const others = [upkeep, mails, organizations, timers, ...outgoing.fetchers];
  const all = [...fetchers, ...others];
  const wakeAll = async () => {
    await paused.refresh();
    for (const fetcher of all) fetcher.wake();
  };
  const listener = new Listener({
    url: databaseUrl,
    name: `${name}-listen`,
    on: {
      work: (queue) => all.find((fetcher) => fetcher.queue === queue)?.wake(),
      control: (message) => runner.control(message),
      queues: () => void wakeAll(),
    },
    onConnect: () => void wakeAll(),
    onError,
  });
  await listener.start();
  // Before the first fetch: a queue paused before a restart stays paused.
  await paused.refresh();
  for (const fetcher of all) fetcher.start();
  const clock = new Clock({
    duties: [
      {
        name: 'schedules',
        runOnce: () => fireSchedules({ database, boss, submit: submitTasks, log }),
      },
      requestUpkeep(boss, jobs),
    ],
    log,
  });
  clock.start();
  const trouble = () => {
    const stuck = all.find(({ secondsSinceLook }) => secondsSinceLook > wedgedSeconds);
    return stuck ? `no look at the queue ${stuck.queue} for ${wedgedSeconds} s` : null;
  };
  const reporter = troubleReporter({ database, name, trouble, log });
  const reporting = setInterval(() => void reporter.lookNow(), reportMilliseconds);
  return {
    trouble,
    stop: async (graceSeconds) => {
      clearInterval(reporting);
      await clock.stop();
      await Promise.all(all.map((fetcher) => fetcher.stop()));
      await Promise.all([
        apart?.stop(),
        runner.drain(graceSeconds),
        ...others.map((fetcher) => fetcher.finished()),
      ]);
      await outgoing.close();
      await listener.close();
      await prepared.close();
      await close();
    },
  };
}
