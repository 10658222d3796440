import { isDatabaseAway } from '@devsphere/shared/db/database-away.ts';
import { taskKinds } from '@devsphere/shared/tasks/catalogue.ts';
import type { TaskKind } from '@devsphere/shared/tasks/kind.ts';
import { delegate } from '../agent/delegate.ts';
import { failpoint } from '../failpoints.ts';
import { ask } from './ask.ts';
import { ApprovalNeeded, askApproval } from './ask-approval.ts';
import { CancelledMeanwhile, type Claim, ClaimLost } from './claim.ts';
import { EventSink } from './event-sink.ts';
import { failureOf } from './failures.ts';
import { type Outcome, type StopReason, TaskFailure } from './outcome.ts';
import { outcomeOf } from './outcome-of.ts';
import { runStep } from './run-step.ts';
import type { RunnerOptions } from './runner.ts';
import { settle } from './settle.ts';
import { storeArtifacts } from './store-artifacts.ts';
import type { TaskContext } from './task-context.ts';
import { unlessStuck } from './unless-stuck.ts';

/**
 * One attempt from its claim to its settlement: heartbeat, deadline, handler, outcome. Aborting `controller` with a
 * `StopReason` stops it. A lost claim writes nothing more. Throws only when settling itself fails; then the queue
 * delivers the job again after its heartbeat.
 */
export async function runAttempt(
  options: RunnerOptions,
  claim: Claim,
  controller: AbortController,
): Promise<void> {
  const { writer, heartbeats, log } = options;
  const stop = (reason: StopReason) => controller.abort(reason);
  let unstored: unknown;
  const sink = new EventSink(writer, claim, (error) => {
    log.warn({ err: error }, 'events could not be stored');
    // Unstored events would leave a gap: the attempt ends, and a later one starts afresh from the stored steps.
    unstored = error;
    stop('claim lost');
  });
  // Written with what comes next: a claim that says nothing more is not worth a commit of its own.
  sink.add({ type: 'attempt.started', data: { attempt: claim.attempt, worker: options.name } });
  const stopBeating = heartbeats.start(claim, stop);
  const deadline = setTimeout(() => stop('deadline'), deadlineOf(claim) * 1000);
  log.info('attempt started');
  let outcome: Outcome;
  try {
    // Asked to stop while no worker had it, such as between two attempts.
    if (claim.cancelRequested) stop('cancelled');
    controller.signal.throwIfAborted();
    const handled = handle(options, claim, sink, controller.signal);
    const output = await unlessStuck(handled, controller.signal);
    outcome = { type: 'succeeded', output };
  } catch (error) {
    const stopped: StopReason | undefined = controller.signal.aborted
      ? controller.signal.reason
      : undefined;
    const refused = isRefusal(unstored);
    if (!refused && (stopped === 'claim lost' || error instanceof ClaimLost)) {
      log.warn('claim lost');
      return;
    }
    if (refused) outcome = outcomeOf(unstored, undefined, claim.attempt, claim.maxAttempts);
    else
      outcome =
        error instanceof ApprovalNeeded && !stopped
          ? { type: 'waiting', question: error.question }
          : outcomeOf(error, stopped, claim.attempt, claim.maxAttempts);
    log[outcome.type === 'retry' || outcome.type === 'failed' ? 'warn' : 'info'](
      outcome.type === 'waiting'
        ? { outcome: outcome.type }
        : { err: error, outcome: outcome.type },
      'attempt did not succeed',
    );
  } finally {
    clearTimeout(deadline);
    stopBeating();
  }
  try {
    // Behind events that were refused nothing more of the attempt is told.
    const waiting = isRefusal(unstored) ? [] : await sink.takeWaiting();
    failpoint('before-settle');
    await settle(options, claim, outcome, waiting).catch(async (error: unknown) => {
      outcome = otherwise(claim, outcome, error);
      log.warn({ err: error, outcome: outcome.type }, 'settled in another way');
      await settle(options, claim, outcome, waiting);
    });
    failpoint('after-settle');
    log.info({ outcome: outcome.type }, 'attempt settled');
  } catch (error) {
    if (!(error instanceof ClaimLost)) throw error;
    log.warn('claim lost before settling');
  }
}

/** Whether the database answered, and did not want what it was given: the claim is still ours. */
function isRefusal(error: unknown): boolean {
  return error !== undefined && !(error instanceof ClaimLost) && !isDatabaseAway(error);
}

/**
 * How an attempt is settled that could not be settled as it ended: one that was to wait was asked to stop meanwhile, or what it
 * made can't be stored, which the next attempt would find too. Throws what is nobody's answer.
 */
function otherwise({ attempt, maxAttempts }: Claim, outcome: Outcome, error: unknown): Outcome {
  if (error instanceof CancelledMeanwhile) return { type: 'cancelled' };
  if (outcome.type !== 'succeeded' || !isRefusal(error)) throw error;
  return outcomeOf(error, undefined, attempt, maxAttempts);
}

/** The shorter of what the kind allows and what the submission asked for. */
function deadlineOf({ kind, deadlineSeconds }: Claim): number {
  return Math.min(taskKinds[kind].deadlineSeconds, deadlineSeconds ?? Number.POSITIVE_INFINITY);
}

async function handle(
  options: RunnerOptions,
  claim: Claim,
  sink: EventSink,
  signal: AbortSignal,
): Promise<unknown> {
  if (claim.attempt > claim.maxAttempts) {
    throw failureOf('worker_lost');
  }
  const kind: TaskKind = taskKinds[claim.kind];
  if (!kind) throw new TaskFailure('fatal', 'unknown_kind', 'This kind of task no longer exists.');
  const context: TaskContext = {
    ask: (key, title, request, read) =>
      ask(
        {
          writer: options.writer,
          permits: options.permits,
          gate: options.gate,
          idleSeconds: options.claudeIdleSeconds,
          claim,
          sink,
          signal,
        },
        key,
        title,
        request,
        read,
      ),
    step: (key, title, run) => runStep({ writer: options.writer, claim, sink }, key, title, run),
    delegate: (request) =>
      delegate({ writer: options.writer, agent: options.agent, claim, sink, signal }, request),
    storeArtifacts: (files) =>
      storeArtifacts({ writer: options.writer, store: options.artifactStore, claim, sink }, files),
    approval: async (key, request) =>
      askApproval({ claim, sink, linkSecret: options.linkSecret }, key, request),
    progress: (done, total, label) => sink.add({ type: 'progress', data: { done, total, label } }),
  };
  const handler = options.handlers[claim.kind] as (
    input: unknown,
    context: TaskContext,
  ) => Promise<unknown>;
  const input = kind.input.safeParse(claim.input);
  if (!input.success) throw failureOf('input_not_valid', { cause: input.error });
  const output = await handler(input.data, context);
  signal.throwIfAborted();
  const made = kind.output.parse(output);
  // What no JSON can say would take those along that are settled in the same transaction.
  JSON.stringify(made);
  return made;
}
