import type Anthropic from '@anthropic-ai/sdk';
import { submitTasks } from '@devsphere/shared/commands/submit-tasks.ts';
import { openDatabase } from '@devsphere/shared/db/database.ts';
import { Listener } from '@devsphere/shared/db/listener.ts';
import type { Logger } from '@devsphere/shared/log.ts';
import { startBoss } from '@devsphere/shared/queue/boss.ts';
import { ensureQueues } from '@devsphere/shared/queue/ensure-queues.ts';
import type { MailPayload } from '@devsphere/shared/queue/mail-queue.ts';
import type { OrganizationJob } from '@devsphere/shared/queue/organization-queue.ts';
import { openPreparedQueue } from '@devsphere/shared/queue/prepared-queue.ts';
import { queues, type TaskJob } from '@devsphere/shared/queue/queues.ts';
import { serviceQueues } from '@devsphere/shared/queue/service-queues.ts';
import type { TimerJob } from '@devsphere/shared/queue/timer-queue.ts';
import type { UpkeepPayload } from '@devsphere/shared/queue/upkeep-queue.ts';
import type { Agent } from './agent/agent-client.ts';
import { claudeOfOrganization } from './claude/claude-of-organization.ts';
import { ProviderGate } from './claude/provider-gate.ts';
import { Clock } from './clock/clock.ts';
import { fireSchedules } from './clock/fire-schedules.ts';
import { type MailOptions, sendQueuedMail } from './mail/send-queued-mail.ts';
import { runOrganizationJob } from './organizations/run-organization-job.ts';
import { type OutgoingOptions, outgoingFetchers } from './outgoing/outgoing-fetchers.ts';
import { troubleReporter } from './report-trouble.ts';
import { Fetcher } from './runner/fetcher.ts';
import { PausedQueues } from './runner/paused-queues.ts';
import { PlanLimits } from './runner/plan-limits.ts';
import { Runner } from './runner/runner.ts';
import type { ArtifactStore } from './storage/artifact-store.ts';
import type { FileStore } from './storage/file-store.ts';
import { runTimer } from './timers/run-timer.ts';
import { type ProbedAddresses, probeList } from './upkeep/probes/probe-list.ts';
import { requestUpkeep } from './upkeep/request-upkeep.ts';
import { runUpkeep } from './upkeep/run-upkeep.ts';
import { upkeepJobs } from './upkeep/upkeep-jobs.ts';

export type WorkerOptions = {
  databaseUrl: string;
  claude: Anthropic;
  claudeIdleSeconds: number;
  agent: Agent | null;
  artifactStore: ArtifactStore | null;
  /** Null without a storage: what has files waits. */
  files?: FileStore | null;
  /** Null without a mail server: mails wait. */
  mail?: MailOptions | null;
  /** What links that answer approvals are derived from; without it none are made. */
  linkSecret?: string | null;
  outgoing: OutgoingOptions;
  concurrency: number;
  /** Shown in attempts and in the instance registry. */
  name: string;
  /** What the status probes ask over HTTP. */
  probed?: ProbedAddresses;
  log: Logger;
};

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
  const { databaseUrl, name, log, concurrency } = options;
  const onError = (error: Error) => log.error({ err: error }, 'database connection failed');
  const database = openDatabase({
    url: databaseUrl,
    name,
    maxConnections: Math.min(10, concurrency + 2),
    onError,
  });
  const boss = await startBoss({
    url: databaseUrl,
    name,
    maxConnections: 3,
    supervise: true,
    onError,
  });
  await ensureQueues(boss);
  const prepared = openPreparedQueue({ url: databaseUrl, name, onError });
  const claudeOf = claudeOfOrganization(database, options.outgoing.keys, options.claude);
  const runner = new Runner({
    ...options,
    linkSecret: options.linkSecret ?? null,
    claudeOf,
    gate: new ProviderGate(database, log),
    database,
    boss,
  });
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
      control: (path) => runner.cancel(path),
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
        runner.drain(graceSeconds),
        ...others.map((fetcher) => fetcher.finished()),
      ]);
      await outgoing.close();
      await listener.close();
      await prepared.close();
      await boss.stop({ graceful: false });
      await database.close();
    },
  };
}
