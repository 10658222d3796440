import { charactersPerToken, countedTokens } from '../claude/estimate-tokens.ts';
import type { Permit, Permits } from '../claude/permits.ts';
import { addUsage, priceUsage } from '../claude/price.ts';
import type { CallEnd, ProviderGate } from '../claude/provider-gate.ts';
import {
  type CallRecord,
  type MessageRequest,
  newCallRecord,
  streamMessage,
} from '../claude/stream-message.ts';
import { failpoint } from '../failpoints.ts';
import { closeCall, failCall, isCallClosed, openCall } from './call-ledger.ts';
import type { Claim } from './claim.ts';
import { classifyClaudeError, failureOfStopReason, mayHaveBeenBilled } from './classify-error.ts';
import type { EventSink } from './event-sink.ts';
import { failureOf } from './failures.ts';
import { keepStoring } from './keep-storing.ts';
import { TaskFailure } from './outcome.ts';
import type { TaskWriter } from './task-writer.ts';

export type AskDependencies = {
  writer: TaskWriter;
  permits: Permits;
  gate: ProviderGate;
  idleSeconds: number;
  claim: Claim;
  sink: EventSink;
  signal: AbortSignal;
};

/** Estimates of the running call reach the page this often. */
const usageMilliseconds = 500;

/**
 * A model call as a durable step: its text is stored with its bill in one transaction when it ends, and a later
 * attempt gets the stored text instead of paying again. Throws `TaskFailure` for every failure, a truncated or
 * refused answer included. `read` makes a value of the text; an answer it refuses (by throwing
 * `TaskFailure`) is billed but not stored, so that the next attempt asks again.
 */
export async function ask<T>(
  deps: AskDependencies,
  key: string,
  title: string,
  request: MessageRequest,
  read: (text: string) => T,
): Promise<T> {
  const { claim, sink } = deps;
  const stored = claim.steps.get(key);
  if (stored !== undefined) {
    sink.add({ type: 'step.replayed', data: { step: key, title } });
    return read((stored as { text: string }).text);
  }
  const permit = await deps.permits.ask(claim.orgId, request);
  // Also of a call that was never made: what it holds of its account is others' again.
  let end = { type: 'stopped' } as CallEnd;
  const asked = askWith(deps, permit, { key, title, request, read }, (known) => {
    end = known;
  }).finally(() => deps.gate.ended(permit.pass, end));
  try {
    return await asked;
  } catch (error) {
    const { gate } = deps;
    throw end.type === 'failed' && error === end.failure
      ? gate.blame(permit.account, end.failure)
      : error;
  }
}

type Question<T> = {
  key: string;
  title: string;
  request: MessageRequest;
  read: (text: string) => T;
};

/** `onEnd` is told what the end of the call says of the provider. */
async function askWith<T>(
  deps: AskDependencies,
  { client, paidBy, judge }: Permit,
  { key, title, request, read }: Question<T>,
  onEnd: (end: CallEnd) => void,
): Promise<T> {
  const { writer, claim, sink } = deps;
  const startedAt = new Date();
  const waiting = await sink.takeWaiting();
  const call = await openCall(writer, claim, key, { model: request.model, paidBy }, [
    ...waiting,
    { type: 'step.started', data: { step: key, title } },
  ]);
  const record = newCallRecord();
  let shownAt = 0;
  const showUsage = () => {
    if (!record.usage || performance.now() - shownAt < usageMilliseconds) return;
    shownAt = performance.now();
    const estimate = {
      ...record.usage,
      output_tokens: Math.max(
        record.usage.output_tokens,
        Math.ceil(record.text.length / charactersPerToken),
      ),
    };
    sink.add({ type: 'usage', data: addUsage(claim.usage, priceUsage(estimate, call.prices)) });
  };
  failpoint('before-call');
  try {
    await streamMessage(record, {
      client,
      request,
      signal: deps.signal,
      idleSeconds: deps.idleSeconds,
      onText: (delta) => {
        failpoint('mid-stream');
        sink.add({ type: 'text', data: { step: key, delta } });
        showUsage();
      },
      onUsage: showUsage,
    });
  } catch (error) {
    const failure = await judge(classifyClaudeError(error));
    if (!deps.signal.aborted) onEnd({ type: 'failed', failure });
    await failCall(writer, claim, call, record, {
      state: mayHaveBeenBilled(error) ? 'unknown' : 'failed',
      error: { code: failure.code, message: failure.message },
    });
    throw failure;
  }
  failpoint('after-reply');
  if (!record.usage) throw failureOf('model_error', { cause: 'an answer without usage' });
  const used = priceUsage(record.usage, call.prices);
  onEnd({ type: 'answered', tokens: countedTokens(used) });
  const total = addUsage(claim.usage, used);
  const answer = readAnswer(record, read);
  const rest = await sink.takeWaiting();
  const events = answer.failure
    ? rest
    : [...rest, { type: 'step.completed' as const, data: { step: key, title } }];
  const output = { text: record.text };
  const close = () =>
    closeCall(
      writer,
      claim,
      call,
      record,
      used,
      [...events, { type: 'usage', data: total }],
      answer.failure ? undefined : { title, output, startedAt },
    );
  await keepStoring(deps.signal, close, () => isCallClosed(writer, claim, call));
  claim.usage = total;
  if (answer.failure) throw answer.failure;
  claim.steps.set(key, output);
  return answer.value;
}

function readAnswer<T>(
  record: CallRecord,
  read: (text: string) => T,
): { value: T; failure?: never } | { failure: TaskFailure } {
  const cutShort = failureOfStopReason(record.stopReason);
  if (cutShort) return { failure: cutShort };
  try {
    return { value: read(record.text) };
  } catch (error) {
    if (error instanceof TaskFailure) return { failure: error };
    throw error;
  }
}
