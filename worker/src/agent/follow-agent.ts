import type {
  AgentCall,
  AgentEvent,
  AgentResult,
} from '@devsphere/shared/contracts/agent/agent-event.ts';
import type { AgentRequest } from '@devsphere/shared/contracts/agent/agent-request.ts';
import type { TaskUsage } from '@devsphere/shared/contracts/events/task-event.ts';
import { countedTokens } from '../claude/estimate-tokens.ts';
import { addUsage, priceUsage } from '../claude/price.ts';
import type { CallEnd } from '../claude/provider-gate.ts';
import { type CallRecord, newCallRecord } from '../claude/stream-message.ts';
import {
  type CallTerms,
  closeCall,
  failCall,
  isCallClosed,
  type OpenCall,
  openCall,
  storeStep,
} from '../runner/call-ledger.ts';
import type { Claim } from '../runner/claim.ts';
import type { EventSink } from '../runner/event-sink.ts';
import { failureOf } from '../runner/failures.ts';
import { keepStoring } from '../runner/keep-storing.ts';
import { TaskFailure } from '../runner/outcome.ts';
import type { TaskWriter } from '../runner/task-writer.ts';
import { type Agent, askAgent } from './agent-client.ts';
import { asksModel, titleOfStage } from './stage-titles.ts';

export type FollowDependencies = {
  writer: TaskWriter;
  claim: Claim;
  sink: EventSink;
  signal: AbortSignal;
  /** Told what the end of a model call says of the provider. */
  onEnd: (end: CallEnd) => void;
};
type AgentFailure = Extract<AgentEvent, { type: 'error' }>;
type Stage = {
  key: string;
  title: string;
  startedAt: Date;
  open: OpenCall | undefined;
  call: AgentCall | undefined;
};

/**
 * Sends the agent one request and stores what comes of it: each finished stage is a durable step, stored with its bill in one
 * transaction. Resolves with the result, or with undefined when the agent needs another call for it. Throws `TaskFailure`.
 */
export async function followAgent(
  deps: FollowDependencies,
  agent: Agent,
  request: AgentRequest,
): Promise<AgentResult | undefined> {
  const { sink } = deps;
  let stage: Stage | undefined;
  let finished = 0;
  try {
    for await (const event of askAgent(agent, request, deps.signal)) {
      switch (event.type) {
        case 'stage.started':
          stage = await startStage(deps, event.stage, request.model);
          break;
        case 'text':
          sink.add({ type: 'text', data: { step: event.stage, delta: event.delta } });
          break;
        case 'progress':
          sink.add({
            type: 'progress',
            data: { done: event.done, total: event.total, label: stage?.title ?? 'Starting' },
          });
          break;
        case 'call':
          if (stage?.key !== event.stage || stage.call)
            throw wrongOrder(`a call of ${event.stage}`);
          stage.call = event;
          break;
        case 'stage.completed':
          if (stage?.key !== event.stage) throw wrongOrder(`the end of ${event.stage}`);
          await settleCall(deps, stage, event.output);
          stage = undefined;
          finished++;
          break;
        case 'result':
          return event.output;
        case 'unfinished':
          // It would be asked the same again.
          if (finished === 0) throw wrongOrder('no stage');
          return undefined;
        case 'error':
          throw failureToldBy(deps, event);
        case 'heartbeat':
          break;
      }
    }
    throw wrongOrder('an end without a result');
  } catch (error) {
    if (stage) await settleBroken(deps, stage, error);
    throw error;
  }
}

function failureToldBy({ onEnd }: FollowDependencies, event: AgentFailure): TaskFailure {
  const { class: kind, code, message, retry_after_seconds: seconds } = event;
  const failure = new TaskFailure(kind, code, message, { retryAfterSeconds: seconds ?? undefined });
  // As the provider's failures are called; the agent's own say nothing of it.
  if (code.startsWith('model_')) onEnd({ type: 'failed', failure });
  return failure;
}

async function startStage(
  { writer, claim, sink }: FollowDependencies,
  key: string,
  model: string,
): Promise<Stage> {
  const title = titleOfStage(key);
  const started = { type: 'step.started' as const, data: { step: key, title } };
  let open: OpenCall | undefined;
  if (asksModel(key))
    open = await openCall(writer, claim, key, termsOf(model), [
      ...(await sink.takeWaiting()),
      started,
    ]);
  else sink.add(started);
  return { key, title, startedAt: new Date(), open, call: undefined };
}

/** Stores a stage's call, and its output when there is one, in one transaction. */
async function settleCall(
  { writer, claim, sink, signal, onEnd }: FollowDependencies,
  stage: Stage,
  output: Record<string, unknown> | undefined,
): Promise<void> {
  const step = output && { title: stage.title, output, startedAt: stage.startedAt };
  const done = output
    ? [{ type: 'step.completed' as const, data: { step: stage.key, title: stage.title } }]
    : [];
  const waiting = await sink.takeWaiting();
  if (stage.open && stage.call?.usage) {
    const used: TaskUsage = priceUsage(stage.call.usage, stage.open.prices);
    onEnd({ type: 'answered', tokens: countedTokens(used) });
    const total = addUsage(claim.usage, used);
    const { open, call } = stage;
    const close = () =>
      closeCall(
        writer,
        claim,
        open,
        recordOf(call),
        used,
        [...waiting, ...done, { type: 'usage', data: total }],
        step,
      );
    await keepStoring(signal, close, () => isCallClosed(writer, claim, open));
    claim.usage = total;
    stage.open = undefined;
  } else if (step) {
    await storeStep(writer, claim, stage.key, step, [...waiting, ...done]);
  }
  if (output) claim.steps.set(stage.key, output);
}

/** A stage that broke: a call that came to its end is billed, any other may have been and is recorded as unknown. */
async function settleBroken(deps: FollowDependencies, stage: Stage, error: unknown): Promise<void> {
  if (stage.call?.outcome === 'completed') return settleCall(deps, stage, undefined);
  if (!stage.open) return;
  const { code, message } =
    error instanceof TaskFailure
      ? error
      : { code: 'internal', message: 'Something went wrong on our side.' };
  const record = stage.call ? recordOf(stage.call) : newCallRecord();
  await failCall(deps.writer, deps.claim, stage.open, record, {
    state: 'unknown',
    error: { code, message },
  });
}

/** The agent makes its calls itself, always with the platform's key. */
const termsOf = (model: string): CallTerms => ({ model, paidBy: 'platform' });

function recordOf(call: AgentCall): CallRecord {
  return {
    requestId: call.provider_request_id,
    messageId: call.message_id,
    stopReason: call.stop_reason,
    usage: call.usage,
    simulated: call.simulated,
    text: '',
  };
}

const wrongOrder = (what: string) =>
  failureOf('agent_wrong_answer', { cause: `unexpected: ${what}` });
