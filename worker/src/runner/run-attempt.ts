import { taskKinds } from '@devsphere/shared/tasks/catalogue.ts';
import type { TaskKind } from '@devsphere/shared/tasks/kind.ts';
import { delegate } from '../agent/delegate.ts';
import { ask } from './ask.ts';
import { ApprovalNeeded, askApproval } from './ask-approval.ts';
import { type Claim, ClaimLost } from './claim.ts';
import { isRefusal } from './classify-error.ts';
import { EventSink } from './event-sink.ts';
import { failureOf } from './failures.ts';
import type { Outcome, StopReason } from './outcome.ts';
import { outcomeOf } from './outcome-of.ts';
import { runStep } from './run-step.ts';
import type { RunnerOptions } from './runner.ts';
import { settleAttempt } from './settle-attempt.ts';
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
  const { seconds, reason } = limitOf(claim);
  const deadline = setTimeout(() => stop(reason), seconds * 1000);
  log.info('attempt started');
  try {
    const outcome = await attempt(options, claim, sink, controller, () => unstored);
    clearTimeout(deadline);
    if (outcome) await settleAttempt(options, claim, outcome, unstored ? undefined : sink);
    else log.warn('claim lost');
  } finally {
    clearTimeout(deadline);
    stopBeating();
  }
}

/** What the attempt came to; undefined when its claim was lost. */
async function attempt(
  options: RunnerOptions,
  claim: Claim,
  sink: EventSink,
  controller: AbortController,
  unstored: () => unknown,
): Promise<Outcome | undefined> {
  const { log } = options;
  const { signal } = controller;
  try {
    // Asked to stop while no worker had it, such as between two attempts.
    if (claim.cancelRequested) controller.abort('cancelled');
    signal.throwIfAborted();
    const output = await unlessStuck(handle(options, claim, sink, signal), signal);
    return { type: 'succeeded', output };
  } catch (error) {
    const outcome = outcomeOfBroken(claim, error, signal, unstored());
    if (!outcome) return undefined;
    log[outcome.type === 'retry' || outcome.type === 'failed' ? 'warn' : 'info'](
      outcome.type === 'waiting'
        ? { outcome: outcome.type }
        : { err: error, outcome: outcome.type },
      'attempt did not succeed',
    );
    return outcome;
  }
}

function outcomeOfBroken(
  { attempt, maxAttempts }: Claim,
  error: unknown,
  signal: AbortSignal,
  unstored: unknown,
): Outcome | undefined {
  const stopped: StopReason | undefined = signal.aborted ? signal.reason : undefined;
  if (isRefusal(unstored)) return outcomeOf(unstored, undefined, attempt, maxAttempts);
  const isLost = error instanceof ClaimLost || unstored instanceof ClaimLost;
  // What could not be stored because the database was away is nobody's loss: it goes back as it came.
  if (unstored !== undefined && !isLost) return { type: 'released' };
  if (isLost || stopped === 'claim lost') return undefined;
  if (error instanceof ApprovalNeeded && !stopped)
    return { type: 'waiting', question: error.question };
  return outcomeOf(error, stopped, attempt, maxAttempts);
}

/** What the kind allows, or what the submission asked for when that is shorter. */
function limitOf({ kind, deadlineSeconds }: Claim): { seconds: number; reason: StopReason } {
  const seconds = taskKinds[kind].deadlineSeconds;
  return deadlineSeconds !== null && deadlineSeconds < seconds
    ? { seconds: deadlineSeconds, reason: 'cut off' }
    : { seconds, reason: 'deadline' };
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
  if (!kind) throw failureOf('unknown_kind');
  const { writer, permits, gate } = options;
  const calling = { writer, permits, gate, claim, sink, signal };
  const context: TaskContext = {
    ask: (key, title, request, read) =>
      ask({ ...calling, idleSeconds: options.claudeIdleSeconds }, key, title, request, read),
    step: (key, title, run) => runStep({ writer: options.writer, claim, sink }, key, title, run),
    delegate: (request) => delegate({ ...calling, agent: options.agent }, request),
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
