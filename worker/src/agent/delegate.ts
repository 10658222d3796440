import type { AgentCall, AgentResult } from '@devsphere/shared/contracts/agent/agent-event.ts';
import type { AgentRequest } from '@devsphere/shared/contracts/agent/agent-request.ts';
import type { TaskUsage } from '@devsphere/shared/contracts/events/task-event.ts';
import { addUsage, priceUsage } from '../claude/price.ts';
import type { CallRecord } from '../claude/stream-message.ts';
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

export type DelegateDependencies = {
  writer: TaskWriter;
  agent: Agent | null;
  claim: Claim;
  sink: EventSink;
  signal: AbortSignal;
};
type Stage = {
  key: string;
  title: string;
  startedAt: Date;
  open: OpenCall | undefined;
  call: AgentCall | undefined;
};

/**
 * Lets the agent do the work, stage by stage. Every finished stage is a durable step stored with its bill in one
 * transaction; a later attempt sends the stored ones along and the agent goes on behind them. Throws `TaskFailure`.
 */
export async function delegate(
  deps: DelegateDependencies,
  request: Omit<AgentRequest, 'version' | 'task_id' | 'completed_stages'>,
): Promise<AgentResult> {
  const { claim, sink } = deps;
  if (!deps.agent) throw failureOf('agent_unavailable', { cause: 'none is set up here' });
  const completed = Object.fromEntries(
    [...claim.steps].filter(([key]) => key !== 'artifacts'),
  ) as Record<string, Record<string, unknown>>;
  for (const key of Object.keys(completed))
    sink.add({ type: 'step.replayed', data: { step: key, title: titleOfStage(key) } });
  let stage: Stage | undefined;
  try {
    const events = askAgent(
      deps.agent,
      { ...request, version: 1, task_id: claim.taskId, completed_stages: completed },
      deps.signal,
    );
    for await (const event of events) {
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
          if (stage?.key !== event.stage) throw wrongOrder(`a call of ${event.stage}`);
          // A second call of one stage: the first is settled by itself.
          if (stage.call) await settleCall(deps, stage, undefined);
          if (stage.call && asksModel(stage.key))
            stage.open = await openCall(deps.writer, claim, stage.key, termsOf(request.model), []);
          stage.call = event;
          break;
        case 'stage.completed':
          if (stage?.key !== event.stage) throw wrongOrder(`the end of ${event.stage}`);
          await settleCall(deps, stage, event.output);
          stage = undefined;
          break;
        case 'result':
          return event.output;
        case 'error':
          throw new TaskFailure(
            event.class === 'retry' ? 'retry' : 'fatal',
            event.code,
            event.message,
            {
              retryAfterSeconds: event.retry_after_seconds ?? undefined,
            },
          );
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

async function startStage(
  { writer, claim, sink }: DelegateDependencies,
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
  { writer, claim, sink, signal }: DelegateDependencies,
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
async function settleBroken(
  deps: DelegateDependencies,
  stage: Stage,
  error: unknown,
): Promise<void> {
  if (stage.call?.outcome === 'completed') return settleCall(deps, stage, undefined);
  if (!stage.open) return;
  const { code, message } =
    error instanceof TaskFailure
      ? error
      : { code: 'internal', message: 'Something went wrong on our side.' };
  const record = stage.call ? recordOf(stage.call) : emptyRecord;
  await failCall(deps.writer, deps.claim, stage.open, record, {
    state: 'unknown',
    error: { code, message },
  });
}

/** The agent makes its calls itself, always with the platform's key. */
const termsOf = (model: string): CallTerms => ({ model, paidBy: 'platform' });

const emptyRecord: CallRecord = {
  requestId: null,
  messageId: null,
  stopReason: null,
  usage: null,
  simulated: false,
  text: '',
};

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
