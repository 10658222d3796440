import type { Database } from '@devsphere/shared/db/database.ts';
import type { Logger } from '@devsphere/shared/log.ts';
import { queues, type TaskJob } from '@devsphere/shared/queue/queues.ts';
import type { PgBoss } from 'pg-boss';
import { type Agent, isAgentUp } from '../agent/agent-client.ts';
import type { Permits } from '../claude/permits.ts';
import type { ProviderGate } from '../claude/provider-gate.ts';
import type { Handlers } from '../handlers/handlers.ts';
import { type TakenTask, whyUnreadable } from '../intake/take-tasks.ts';
import type { TakenJob } from '../intake/taken-job.ts';
import type { ArtifactStore } from '../storage/artifact-store.ts';
import type { Claim } from './claim.ts';
import { claimAlone } from './claim-alone.ts';
import { failureOf } from './failures.ts';
import type { Heartbeats } from './heartbeats.ts';
import { holdTask } from './hold-task.ts';
import type { StopReason, TaskFailure } from './outcome.ts';
import { putAside } from './put-aside.ts';
import { refuseJob } from './refuse-job.ts';
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
  name: string;
  log: Logger;
};

/** An agent that is away is asked again this soon. */
const agentWaitSeconds = 5;

type Stop = (reason: StopReason) => void;

/** Runs jobs to their settlement; knows the ones under way so that they can be stopped. */
export class Runner {
  readonly #options: RunnerOptions;
  readonly #running = new Map<string, { stop: Stop; done: Promise<void> }>();

  constructor(options: RunnerOptions) {
    this.#options = options;
  }

  /** Whether everything that jobs of a queue need is there, as far as is known: then their tasks are claimed as they are taken. */
  async isReadyFor(queue: string): Promise<boolean> {
    const { agent, gate } = this.#options;
    if (queue !== queues.seo.name) return !gate.isAnyClosed;
    return agent !== null && (await isAgentUp(agent));
  }

  /** Runs a taken task. Never rejects: whatever goes wrong is logged and the job's delivery ends by itself. */
  async run({ job, claim }: TakenTask, wasReady: boolean): Promise<void> {
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
        await refuseJob(this.#options.boss, job, refusal);
        return;
      }
      await (wasReady ? this.#putAside(job, log) : this.#claimOrHold(job, log));
    } catch (error) {
      log.error({ err: error }, 'job could not be run');
    }
  }

  async #attempt(claim: Claim, log: Logger): Promise<void> {
    const path = `${claim.orgId}/${claim.taskId}`;
    const controller = new AbortController();
    const stop: Stop = (reason) => controller.abort(reason);
    const done = runAttempt(
      { ...this.#options, log: log.child({ attempt: claim.attempt, kind: claim.kind }) },
      claim,
      controller,
    );
    this.#running.set(path, { stop, done });
    try {
      await done;
    } finally {
      this.#running.delete(path);
    }
  }

  async #putAside(job: TakenJob<TaskJob>, log: Logger): Promise<void> {
    const { database, boss } = this.#options;
    log.info({ outcome: await putAside(database, boss, job) }, 'task not claimed');
  }

  /** For a job that was only taken: something was away, or one of those taken together could not be claimed. */
  async #claimOrHold(job: TakenJob<TaskJob>, log: Logger): Promise<void> {
    const { database, name } = this.#options;
    const missing = await this.#missingFor(job);
    if (missing) return holdTask(database, job, missing);
    const claim = await claimAlone(database, job, name);
    await (claim ? this.#attempt(claim, log) : this.#putAside(job, log));
  }

  /** What a job needs and is known to be away, with the time until it is worth another look. */
  async #missingFor(job: TakenJob<TaskJob>): Promise<TaskFailure | undefined> {
    const { agent, permits } = this.#options;
    if (job.name === queues.seo.name)
      return agent !== null && (await isAgentUp(agent))
        ? undefined
        : failureOf('agent_unavailable', { retryAfterSeconds: agentWaitSeconds });
    return permits.closure(job.data.orgId);
  }

  /** Stops the task of `org/task` if it runs here. */
  cancel(path: string): void {
    this.#running.get(path)?.stop('cancelled');
  }

  /** Waits for running tasks, at most the grace; then gives the rest back to the queue. */
  async drain(graceSeconds: number): Promise<void> {
    const all = () => Promise.all([...this.#running.values()].map(({ done }) => done));
    let timer: NodeJS.Timeout | undefined;
    const grace = new Promise((resolve) => {
      timer = setTimeout(resolve, graceSeconds * 1000);
    });
    await Promise.race([all(), grace]);
    clearTimeout(timer);
    for (const { stop } of this.#running.values()) stop('shutdown');
    await all();
  }
}
