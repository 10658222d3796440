import type { Database } from '@devsphere/shared/db/database.ts';
import { isId } from '@devsphere/shared/ids.ts';
import type { Logger } from '@devsphere/shared/log.ts';
import { jobPayloadVersion, queues, type TaskJob } from '@devsphere/shared/queue/queues.ts';
import type { Job, PgBoss } from 'pg-boss';
import { type Agent, isAgentUp } from '../agent/agent-client.ts';
import type { Apart } from '../apart/fork-apart.ts';
import { accountOf, type ClaudeOfOrganization } from '../claude/claude-of-organization.ts';
import type { ProviderGate } from '../claude/provider-gate.ts';
import type { Handlers } from '../handlers/handlers.ts';
import type { ArtifactStore } from '../storage/artifact-store.ts';
import { closeLost, lossesInCompany, mostLosses } from './close-lost.ts';
import { failureOf } from './failures.ts';
import { holdTask } from './hold-task.ts';
import { openAttempt } from './open-attempt.ts';
import type { StopReason, TaskFailure } from './outcome.ts';
import { putAside } from './put-aside.ts';
import { refuseJob } from './refuse-job.ts';
import { runApart } from './run-apart.ts';
import { runAttempt } from './run-attempt.ts';

export type RunnerOptions = {
  database: Database;
  boss: PgBoss;
  handlers: Handlers;
  /** Whose key makes an organisation's calls. */
  claudeOf: ClaudeOfOrganization;
  /** What stands before every call. */
  gate: ProviderGate;
  claudeIdleSeconds: number;
  /** The agent service; null where none is set up. */
  agent: Agent | null;
  /** What links that answer approvals are derived from; null: none are made. */
  linkSecret: string | null;
  /** Where results' files go; null where none is set up. */
  artifactStore: ArtifactStore | null;
  /** Where jobs run that were lost again and again; null: here, as all others. */
  apart: Apart | null;
  name: string;
  log: Logger;
};

/** An agent that is away is asked again this soon. */
const agentWaitSeconds = 5;

type Running = {
  /** `org/task`; a task may run here twice for a moment, when an earlier attempt lost its claim. */
  path: string;
  attempt: number;
  stop: (reason: StopReason) => void;
};

/** Runs jobs to their settlement; knows the ones under way so that they can be stopped. */
export class Runner {
  readonly #options: RunnerOptions;
  readonly #running = new Set<Running>();
  readonly #runs = new Set<Promise<void>>();
  #isStopping = false;

  constructor(options: RunnerOptions) {
    this.#options = options;
  }

  /** Never rejects: whatever goes wrong is logged and the job's delivery ends by itself. */
  async run(job: Job<TaskJob>): Promise<void> {
    const run = this.#run(job);
    this.#runs.add(run);
    await run;
    this.#runs.delete(run);
  }

  async #run(job: Job<TaskJob>): Promise<void> {
    const { boss } = this.#options;
    const log = this.#options.log.child({
      jobId: job.id,
      delivery: job.retryCount,
      orgId: job.data?.orgId,
      taskId: job.data?.taskId,
    });
    try {
      if (job.data?.version !== jobPayloadVersion) {
        log.error({ version: job.data?.version ?? null }, 'unknown payload version');
        await refuseJob(boss, job, 'unknown_payload_version');
      } else if (!isId(job.data.orgId) || !isId(job.data.taskId)) {
        log.error('unreadable payload');
        await refuseJob(boss, job, 'unreadable_payload');
      } else await this.#runTask(job, log);
    } catch (error) {
      log.error({ err: error }, 'job could not be run');
    }
  }

  async #runTask(job: Job<TaskJob>, log: Logger): Promise<void> {
    const { database, boss, name, apart } = this.#options;
    const missing = await this.#missingFor(job);
    if (missing) return holdTask(database, boss, job, missing);
    // A first delivery has no attempt before it that could have been lost.
    const losses = job.retryCount > 0 ? await closeLost(database, job) : 0;
    if (apart && losses >= lossesInCompany && losses < mostLosses) {
      log.warn({ losses }, 'lost again and again: it runs in a process of its own');
      log.info({ outcome: await runApart(apart, boss, job) }, 'run apart');
      return;
    }
    const claim = await openAttempt(database, job, name);
    if (!claim) {
      log.info({ outcome: await putAside(database, boss, job) }, 'task not claimed');
      return;
    }
    const { attempt, kind } = claim;
    const path = `${claim.orgId}/${claim.taskId}`;
    // Whoever still works on an earlier delivery hears of it now rather than at its next beat.
    if (job.retryCount > 0) database.announcer.announce('control', `${path}/${attempt}`);
    const controller = new AbortController();
    const running: Running = { path, attempt, stop: (reason) => controller.abort(reason) };
    this.#running.add(running);
    if (this.#isStopping) running.stop('shutdown');
    try {
      const options = { ...this.#options, log: log.child({ attempt, kind }) };
      await runAttempt(options, claim, controller);
    } finally {
      this.#running.delete(running);
    }
  }

  /** What a job needs and is known to be away, with the time until it is worth another look. */
  async #missingFor(job: Job<TaskJob>): Promise<TaskFailure | undefined> {
    const { agent, gate, claudeOf } = this.#options;
    if (job.name === queues.seo.name)
      return agent !== null && (await isAgentUp(agent))
        ? undefined
        : failureOf('agent_unavailable', { retryAfterSeconds: agentWaitSeconds });
    if (!gate.isAnyClosed) return undefined;
    return gate.closure(await accountOf(claudeOf, job.data.orgId));
  }

  /**
   * Stops what runs here of `org/task`, which somebody asked to stop; of `org/task/attempt`, what is older than that attempt,
   * which another worker has begun.
   */
  control(message: string): void {
    const [orgId, taskId, current] = message.split('/');
    for (const { path, attempt, stop } of this.#running) {
      if (path !== `${orgId}/${taskId}`) continue;
      if (current === undefined) stop('cancelled');
      else if (attempt < Number(current)) stop('claim lost');
    }
  }

  /** Waits for running tasks, at most the grace; then gives the rest back to the queue. */
  async drain(graceSeconds: number): Promise<void> {
    // Those still being claimed are among them.
    const all = () => Promise.all(this.#runs);
    let timer: NodeJS.Timeout | undefined;
    const grace = new Promise((resolve) => {
      timer = setTimeout(resolve, graceSeconds * 1000);
    });
    await Promise.race([all(), grace]);
    clearTimeout(timer);
    this.#isStopping = true;
    for (const { stop } of this.#running) stop('shutdown');
    await all();
  }
}
