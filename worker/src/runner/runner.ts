import type { Database } from '@devsphere/shared/db/database.ts';
import type { Logger } from '@devsphere/shared/log.ts';
import { queues, type TaskJob } from '@devsphere/shared/queue/queues.ts';
import type { PgBoss } from 'pg-boss';
import { type Agent, isAgentUp } from '../agent/agent-client.ts';
import type { Apart } from '../apart/fork-apart.ts';
import type { Permits } from '../claude/permits.ts';
import { type ProviderGate, platformAccount } from '../claude/provider-gate.ts';
import type { Handlers } from '../handlers/handlers.ts';
import { type TakenTask, whyUnreadable } from '../intake/take-tasks.ts';
import type { TakenJob } from '../intake/taken-job.ts';
import type { ArtifactStore } from '../storage/artifact-store.ts';
import type { Claim } from './claim.ts';
import { claimAlone } from './claim-alone.ts';
import { closeLost, lossesInCompany, mostLosses } from './close-lost.ts';
import { failureOf } from './failures.ts';
import type { Heartbeats } from './heartbeats.ts';
import { holdTask } from './hold-task.ts';
import type { StopReason, TaskFailure } from './outcome.ts';
import { putAside } from './put-aside.ts';
import { refuseJob } from './refuse-job.ts';
import { runApart } from './run-apart.ts';
import { runAttempt } from './run-attempt.ts';
import type { TaskWriter } from './task-writer.ts';

export type RunnerOptions = {
  database: Database;
  boss: PgBoss;
  writer: TaskWriter;
  heartbeats: Heartbeats;
  /** What makes the outputs, by kind. */
  handlers: Handlers;
  /** What stands before every call. */
  permits: Permits;
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

  /** Whether everything that jobs of a queue need is there, as far as is known: then their tasks are claimed as they are taken. */
  async isReadyFor(queue: string): Promise<boolean> {
    const { agent, gate } = this.#options;
    if (gate.isAnyClosed) return false;
    return queue !== queues.seo.name || (agent !== null && (await isAgentUp(agent)));
  }

  /** Runs a taken task. Never rejects: whatever goes wrong is logged and the job's delivery ends by itself. */
  async run(task: TakenTask, wasReady: boolean): Promise<void> {
    const run = this.#run(task, wasReady);
    this.#runs.add(run);
    await run;
    this.#runs.delete(run);
  }

  async #run({ job, claim }: TakenTask, wasReady: boolean): Promise<void> {
    const log = this.#options.log.child({
      jobId: job.id,
      delivery: job.retryCount,
      orgId: job.data?.orgId,
      taskId: job.data?.taskId,
    });
    try {
      if (claim) return await this.#attempt(claim, log);
      const refusal = whyUnreadable(job.data);
      if (refusal) {
        log.error({ code: refusal }, 'job refused');
        await refuseJob(this.#options.database, this.#options.boss, job, refusal);
        return;
      }
      // What a lost worker was running is not claimed as it is taken: it is looked at first.
      const wasTried = wasReady && job.retryCount === 0;
      await (wasTried ? this.#putAside(job, log) : this.#claimOrHold(job, log));
    } catch (error) {
      log.error({ err: error }, 'job could not be run');
    }
  }

  async #attempt(claim: Claim, log: Logger): Promise<void> {
    const { attempt, kind } = claim;
    const path = `${claim.orgId}/${claim.taskId}`;
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

  async #putAside(job: TakenJob<TaskJob>, log: Logger): Promise<void> {
    const { database, boss } = this.#options;
    log.info({ outcome: await putAside(database, boss, job) }, 'task not claimed');
  }

  /** For a job that was only taken: something was away, it was delivered before, or those taken with it could not be claimed. */
  async #claimOrHold(job: TakenJob<TaskJob>, log: Logger): Promise<void> {
    const { database, name } = this.#options;
    const missing = await this.#missingFor(job);
    if (missing) return holdTask(database, job, missing);
    if (job.retryCount > 0 && (await this.#hasRunApart(job, log))) return;
    const claim = await claimAlone(database, job, name);
    if (!claim) return this.#putAside(job, log);
    // Whoever still works on an earlier delivery hears of it now rather than at its next beat.
    if (job.retryCount > 0) {
      const { orgId, taskId } = job.data;
      database.announcer.announce('control', `${orgId}/${taskId}/${claim.attempt}`);
    }
    await this.#attempt(claim, log);
  }

  /** Whether the job was one of those that have to run in a process of their own, and did. */
  async #hasRunApart(job: TakenJob<TaskJob>, log: Logger): Promise<boolean> {
    const { database, apart } = this.#options;
    const losses = await closeLost(database, job);
    if (!apart || losses < lossesInCompany || losses >= mostLosses) return false;
    log.warn({ losses }, 'lost again and again: it runs in a process of its own');
    log.info({ outcome: await runApart(apart, database, job) }, 'run apart');
    return true;
  }

  /** What a job needs and is known to be away, with the time until it is worth another look. */
  async #missingFor(job: TakenJob<TaskJob>): Promise<TaskFailure | undefined> {
    const { agent, permits, gate } = this.#options;
    if (job.name !== queues.seo.name) return permits.closure(job.data.orgId);
    return agent !== null && (await isAgentUp(agent))
      ? gate.closure(platformAccount)
      : failureOf('agent_unavailable', { retryAfterSeconds: agentWaitSeconds });
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
