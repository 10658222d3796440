import type { TaskUsage } from '@devsphere/shared/contracts/events/task-event.ts';
import type { Tx } from '@devsphere/shared/db/doors.ts';
import { newId } from '@devsphere/shared/ids.ts';
import { type Price, readPrices } from '../claude/price.ts';
import type { CallRecord } from '../claude/stream-message.ts';
import { appendEvents, type NewEvent } from './append-events.ts';
import type { Claim } from './claim.ts';
import { TaskFailure } from './outcome.ts';
import type { TaskWriter } from './task-writer.ts';

/** What a call is made with: the model, and whose key. */
export type CallTerms = { model: string; paidBy: 'platform' | 'organization' };
export type OpenCall = CallTerms & { id: string; stepKey: string; prices: Price[] };

/** Records that a call is about to be made, before it is: a crash in between leaves a trace. */
export async function openCall(
  writer: TaskWriter,
  claim: Claim,
  stepKey: string,
  { model, paidBy }: CallTerms,
  events: NewEvent[],
): Promise<OpenCall> {
  const id = newId();
  const prices = await writer.write(claim, async (tx) => {
    const [found] = await Promise.all([
      readPrices(tx, model),
      appendEvents(tx, claim.orgId, [{ claim, events }]),
      tx.query(
        `insert into llm_calls (org_id, id, task_id, attempt, step_key, model, paid_by) values ($1, $2, $3, $4, $5, $6, $7)`,
        [claim.orgId, id, claim.taskId, claim.attempt, stepKey, model, paidBy],
      ),
    ]);
    return found;
  });
  if (prices.length === 0)
    throw new TaskFailure('fatal', 'no_price', 'This model has no price, so it is not used.');
  return { id, stepKey, model, paidBy, prices };
}

export type FinishedStep = { title: string; output: unknown; startedAt: Date };

/** What a call that ended leaves behind: its usage entry, the task's totals and, when usable, the step's output. */
export async function closeCall(
  writer: TaskWriter,
  claim: Claim,
  call: OpenCall,
  record: CallRecord,
  used: TaskUsage,
  events: NewEvent[],
  step: FinishedStep | undefined,
): Promise<void> {
  await writer.write(claim, async (tx) => {
    await Promise.all([
      appendEvents(tx, claim.orgId, [{ claim, events }]),
      closeRow(tx, claim, call, record, {
        state: 'completed',
        costNanoUsd: used.costNanoUsd,
        error: null,
      }),
      recordUsage(tx, claim, call, record, used),
      step && insertStep(tx, claim, call.stepKey, step),
    ]);
  });
}

/** Whether a call's end is on record. */
export async function isCallClosed(
  writer: TaskWriter,
  claim: Claim,
  call: OpenCall,
): Promise<boolean> {
  return writer.write(claim, async (tx) => {
    const { rows } = await tx.query<{ state: string }>(
      'select state from llm_calls where org_id = $1 and id = $2',
      [claim.orgId, call.id],
    );
    return rows[0]?.state !== 'started';
  });
}

/** Stores a finished step that asked no model, with events of its own. */
export async function storeStep(
  writer: TaskWriter,
  claim: Claim,
  key: string,
  step: FinishedStep,
  events: NewEvent[],
  also: (tx: Tx) => Promise<unknown> = async () => {},
): Promise<void> {
  await writer.write(claim, (tx) =>
    Promise.all([
      appendEvents(tx, claim.orgId, [{ claim, events }]),
      insertStep(tx, claim, key, step),
      also(tx),
    ]),
  );
}

async function insertStep(tx: Tx, claim: Claim, key: string, step: FinishedStep): Promise<void> {
  await tx.query(
    `insert into task_steps (org_id, task_id, key, title, attempt, output, started_at) values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      claim.orgId,
      claim.taskId,
      key,
      step.title,
      claim.attempt,
      JSON.stringify(step.output),
      step.startedAt,
    ],
  );
}

/** Closes a call that failed. `unknown` means it may have been billed; it is never counted as free. */
export async function failCall(
  writer: TaskWriter,
  claim: Claim,
  call: OpenCall,
  record: CallRecord,
  failure: { state: 'failed' | 'unknown'; error: { code: string; message: string } },
): Promise<void> {
  await writer.write(claim, (tx) =>
    closeRow(tx, claim, call, record, { ...failure, costNanoUsd: null }),
  );
}

async function closeRow(
  tx: Tx,
  claim: Claim,
  call: OpenCall,
  record: CallRecord,
  end: { state: string; costNanoUsd: number | null; error: object | null },
): Promise<void> {
  await tx.query(
    `update llm_calls set state = $3, provider_request_id = $4, message_id = $5, stop_reason = $6, usage = $7::jsonb,
            cost_nano_usd = $8, simulated = $9, error = $10::jsonb, ended_at = now()
     where org_id = $1 and id = $2 and state = 'started'`,
    [
      claim.orgId,
      call.id,
      end.state,
      record.requestId,
      record.messageId,
      record.stopReason,
      record.usage && JSON.stringify(record.usage),
      end.costNanoUsd,
      record.simulated,
      end.error && JSON.stringify(end.error),
    ],
  );
}

async function recordUsage(
  tx: Tx,
  claim: Claim,
  call: OpenCall,
  record: CallRecord,
  used: TaskUsage,
): Promise<void> {
  const tokens = [
    used.inputTokens,
    used.cacheReadTokens,
    used.cacheWriteTokens,
    used.outputTokens,
    used.costNanoUsd,
  ];
  await Promise.all([
    tx.query(
      `insert into usage_entries (org_id, id, task_id, llm_call_id, provider_request_id, user_id, kind, model,
              input_tokens, cache_read_tokens, cache_write_tokens, output_tokens, cost_nano_usd, simulated, paid_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
      [
        claim.orgId,
        newId(),
        claim.taskId,
        call.id,
        record.requestId ?? record.messageId ?? call.id,
        claim.createdBy,
        claim.kind,
        call.model,
        ...tokens,
        record.simulated,
        call.paidBy,
      ],
    ),
    tx.query(
      `update tasks set input_tokens = input_tokens + $4, cache_read_tokens = cache_read_tokens + $5,
              cache_write_tokens = cache_write_tokens + $6, output_tokens = output_tokens + $7,
              cost_nano_usd = cost_nano_usd + $8, simulated = simulated or $9
       where org_id = $1 and id = $2 and attempt = $3`,
      [claim.orgId, claim.taskId, claim.attempt, ...tokens, record.simulated],
    ),
  ]);
}
