import type { TaskUsage } from '@devsphere/shared/contracts/events/task-event.ts';
import type { Tx } from '@devsphere/shared/db/doors.ts';
import { newId } from '@devsphere/shared/ids.ts';
import { type Price, readPrices } from '../claude/price.ts';
import type { CallRecord } from '../claude/stream-message.ts';
import { announceEvents, appendEvents, type NewEvent, progressOf } from './append-events.ts';
import type { Claim } from './claim.ts';
import { failureOf } from './failures.ts';
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
  if (prices.length === 0) throw failureOf('no_price');
  return { id, stepKey, model, paidBy, prices };
}

export type FinishedStep = { title: string; output: unknown; startedAt: Date };

/**
 * The end of a call in one statement: the events, the call's row, its usage entry, the task's totals and, when usable, the
 * step's output. Nothing of it happens unless the attempt is still the current one, and nobody has given the call up.
 */
const close = `
  with mine as (
    select from tasks where org_id = $1 and id = $2 and attempt = $3 and state = 'running' for no key update
  ), call as (
    update llm_calls set state = 'completed', provider_request_id = $15, message_id = $16, stop_reason = $17, usage = $18::jsonb,
           cost_nano_usd = $10, simulated = $11, ended_at = now()
    from mine where org_id = $1 and id = $14 and state = 'started'
    returning id
  ), task as (
    update tasks set event_seq = event_seq + $4, progress = coalesce($5::jsonb, progress),
           input_tokens = input_tokens + $6, cache_read_tokens = cache_read_tokens + $7,
           cache_write_tokens = cache_write_tokens + $8, output_tokens = output_tokens + $9,
           cost_nano_usd = tasks.cost_nano_usd + $10, simulated = tasks.simulated or $11
    from call where org_id = $1 and tasks.id = $2
    returning event_seq - $4 as before
  ), told as (
    insert into task_events (org_id, task_id, seq, type, data)
    select $1, $2, task.before + n.nth, n.type, n.data
    from task, unnest($12::text[], $13::jsonb[]) with ordinality as n (type, data, nth)
  ), bill as (
    insert into usage_entries (org_id, id, task_id, llm_call_id, provider_request_id, user_id, kind, model, input_tokens,
                               cache_read_tokens, cache_write_tokens, output_tokens, cost_nano_usd, simulated, paid_by)
    select $1, $19, $2, $14, $20, $21, $22, $23, $6, $7, $8, $9, $10, $11, $24 from task
  ), step as (
    insert into task_steps (org_id, task_id, key, title, attempt, output, started_at)
    select $1, $2, $25, $26, $3, $27::jsonb, $28 from task where $27::jsonb is not null
  )
  select app.fence((select count(*) from task), 1)`;

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
  await writer.write(claim, (tx) => {
    announceEvents(tx, claim);
    return tx.query(close, [
      claim.orgId,
      claim.taskId,
      claim.attempt,
      events.length,
      progressOf(events),
      used.inputTokens,
      used.cacheReadTokens,
      used.cacheWriteTokens,
      used.outputTokens,
      used.costNanoUsd,
      record.simulated,
      events.map(({ type }) => type),
      events.map(({ data }) => JSON.stringify(data)),
      call.id,
      record.requestId,
      record.messageId,
      record.stopReason,
      record.usage && JSON.stringify(record.usage),
      newId(),
      record.requestId ?? record.messageId ?? call.id,
      claim.createdBy,
      claim.kind,
      call.model,
      call.paidBy,
      call.stepKey,
      step?.title ?? null,
      step ? JSON.stringify(step.output) : null,
      step?.startedAt ?? null,
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
  // Before anything is given: what no JSON can say must not take along what others write.
  const output = JSON.stringify(step.output);
  await writer.write(claim, (tx) =>
    Promise.all([
      appendEvents(tx, claim.orgId, [{ claim, events }]),
      insertStep(tx, claim, key, { ...step, output }),
      also(tx),
    ]),
  );
}

async function insertStep(
  tx: Tx,
  claim: Claim,
  key: string,
  step: FinishedStep & { output: string },
): Promise<void> {
  await tx.query(
    `insert into task_steps (org_id, task_id, key, title, attempt, output, started_at) values ($1, $2, $3, $4, $5, $6, $7)`,
    [claim.orgId, claim.taskId, key, step.title, claim.attempt, step.output, step.startedAt],
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
    tx.query(
      `update llm_calls set state = $3, provider_request_id = $4, message_id = $5, stop_reason = $6, usage = $7::jsonb,
              simulated = $8, error = $9::jsonb, ended_at = now()
       where org_id = $1 and id = $2 and state = 'started'`,
      [
        claim.orgId,
        call.id,
        failure.state,
        record.requestId,
        record.messageId,
        record.stopReason,
        record.usage && JSON.stringify(record.usage),
        record.simulated,
        JSON.stringify(failure.error),
      ],
    ),
  );
}
