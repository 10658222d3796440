import type { TaskError, TaskEvent } from '../contracts/events/task-event.ts';
import type { Approval } from '../contracts/http/approval.ts';
import type { Actor } from '../db/actor.ts';
import type { Database } from '../db/database.ts';
import { asActor } from '../db/doors.ts';

export type TaskTimeline = {
  attempts: Array<{
    attempt: number;
    state: string;
    worker: string;
    error: TaskError | null;
    startedAt: string;
    endedAt: string | null;
    /** When it last wrote anything down, of one whose worker vanished; null for others, and where it wrote nothing. */
    lastSignAt: string | null;
  }>;
  /** Whether there were more attempts before these. */
  hasEarlier: boolean;
  steps: Array<{ key: string; title: string; attempt: number; startedAt: string; endedAt: string }>;
  calls: Array<{
    id: string;
    stepKey: string;
    attempt: number;
    model: string;
    state: string;
    stopReason: string | null;
    costNanoUsd: number | null;
    /** Whether its reply was lost and the model's provider told later what became of it; `share`: of several together. */
    reconciled: 'report' | 'share' | null;
    startedAt: string;
    endedAt: string | null;
  }>;
  /** What happened, without the text that was streamed, what it cost and how far it was. */
  events: TaskEvent[];
  /** How its questions ended that were answered, and by whom. */
  answers: Array<{
    approval: string;
    how: NonNullable<Approval['answeredHow']>;
    by: string | null;
    byKey: string | null;
  }>;
};

/** More than anybody reads of one task; what came last is what is kept. */
const mostListed = 200;
const mostEvents = 1_000;

type EventRow = { seq: number; type: string; data: unknown; at: Date; before: Date | null };

/**
 * What happened, each with the time of the last thing before it that a worker wrote down: when a worker vanished, that is
 * the last that is known of it.
 */
const happenings = `
  with seen as (
    select seq, type, data, created_at as at,
           max(case when type <> 'cancel.requested' then created_at end)
             over (order by seq rows between unbounded preceding and 1 preceding) as before
    from task_events where org_id = $1 and task_id = $2
  )
  select * from (
    select * from seen where type not in ('text', 'usage', 'progress') order by seq desc limit ${mostEvents}
  ) as latest order by seq`;

/** What happened to a task, oldest first: of attempts, steps, calls and answers the last 200 at most, of events 1,000. */
export async function getTaskTimeline(
  database: Database,
  actor: Actor,
  orgId: string,
  taskId: string,
): Promise<TaskTimeline> {
  return asActor(database, actor, async (tx) => {
    const [attempts, steps, calls, events, answers] = await Promise.all([
      tx.db
        .selectFrom('task_attempts')
        .select(['attempt', 'state', 'worker', 'error', 'started_at', 'ended_at'])
        .where('org_id', '=', orgId)
        .where('task_id', '=', taskId)
        .orderBy('attempt', 'desc')
        .limit(mostListed + 1)
        .execute(),
      tx.db
        .selectFrom('task_steps')
        .select(['key', 'title', 'attempt', 'started_at', 'ended_at'])
        .where('org_id', '=', orgId)
        .where('task_id', '=', taskId)
        .orderBy('ended_at', 'desc')
        .limit(mostListed)
        .execute(),
      tx.db
        .selectFrom('llm_calls as c')
        .leftJoin('usage_entries as u', (join) =>
          join.onRef('u.org_id', '=', 'c.org_id').onRef('u.llm_call_id', '=', 'c.id'),
        )
        .select([
          'c.id',
          'c.step_key',
          'c.attempt',
          'c.model',
          'c.state',
          'c.stop_reason',
          'c.cost_nano_usd',
          'c.started_at',
          'c.ended_at',
          'c.reconciled_at',
          'u.source',
        ])
        .where('c.org_id', '=', orgId)
        .where('c.task_id', '=', taskId)
        .orderBy('c.id', 'desc')
        .limit(mostListed)
        .execute(),
      tx.query<EventRow>(happenings, [orgId, taskId]),
      tx.db
        .selectFrom('approvals')
        .select(['id', 'answered_how', 'answered_by', 'answered_by_key'])
        .where('org_id', '=', orgId)
        .where('task_id', '=', taskId)
        .where('answered_how', 'is not', null)
        .orderBy('id', 'desc')
        .limit(mostListed)
        .execute(),
    ]);
    const signs = lastSigns(events.rows);
    return {
      attempts: attempts
        .slice(0, mostListed)
        .reverse()
        .map((row) => ({
          attempt: row.attempt,
          state: row.state,
          worker: row.worker,
          error: row.error as TaskError | null,
          startedAt: row.started_at.toISOString(),
          endedAt: row.ended_at?.toISOString() ?? null,
          lastSignAt: row.state === 'lost' ? (signs.get(row.attempt) ?? null) : null,
        })),
      hasEarlier: attempts.length > mostListed,
      steps: steps.reverse().map((row) => ({
        key: row.key,
        title: row.title,
        attempt: row.attempt,
        startedAt: row.started_at.toISOString(),
        endedAt: row.ended_at.toISOString(),
      })),
      calls: calls.reverse().map((row) => ({
        id: row.id,
        stepKey: row.step_key,
        attempt: row.attempt,
        model: row.model,
        state: row.state,
        stopReason: row.stop_reason,
        costNanoUsd: row.cost_nano_usd,
        reconciled: row.reconciled_at ? (row.source === 'share' ? 'share' : 'report') : null,
        startedAt: row.started_at.toISOString(),
        endedAt: row.ended_at?.toISOString() ?? null,
      })),
      events: events.rows.map(
        ({ seq, type, data, at }) => ({ seq, type, data, at: at.toISOString() }) as TaskEvent,
      ),
      answers: answers.map((row) => ({
        approval: row.id,
        how: row.answered_how as NonNullable<Approval['answeredHow']>,
        by: row.answered_by,
        byKey: row.answered_by_key,
      })),
    };
  });
}

/** When each attempt last wrote something, by its number: before the next began, or the task ended without one. */
function lastSigns(events: readonly EventRow[]): Map<number, string> {
  const signs = new Map<number, string>();
  let current: number | undefined;
  for (const { type, data, before } of events) {
    if (type !== 'attempt.started' && type !== 'task.ended') continue;
    if (current !== undefined && before) signs.set(current, before.toISOString());
    current = type === 'attempt.started' ? (data as { attempt: number }).attempt : undefined;
  }
  return signs;
}
