import type { TaskError } from '../contracts/events/task-event.ts';
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
  }>;
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
};

/** What happened to a task: attempts, finished steps and model calls, oldest first; at most 200 of each. */
export async function getTaskTimeline(
  database: Database,
  actor: Actor,
  orgId: string,
  taskId: string,
): Promise<TaskTimeline> {
  return asActor(database, actor, async (tx) => {
    const [attempts, steps, calls] = await Promise.all([
      tx.db
        .selectFrom('task_attempts')
        .select(['attempt', 'state', 'worker', 'error', 'started_at', 'ended_at'])
        .where('org_id', '=', orgId)
        .where('task_id', '=', taskId)
        .orderBy('attempt')
        .limit(200)
        .execute(),
      tx.db
        .selectFrom('task_steps')
        .select(['key', 'title', 'attempt', 'started_at', 'ended_at'])
        .where('org_id', '=', orgId)
        .where('task_id', '=', taskId)
        .orderBy('ended_at')
        .limit(200)
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
        .orderBy('c.id')
        .limit(200)
        .execute(),
    ]);
    return {
      attempts: attempts.map((row) => ({
        attempt: row.attempt,
        state: row.state,
        worker: row.worker,
        error: row.error as TaskError | null,
        startedAt: row.started_at.toISOString(),
        endedAt: row.ended_at?.toISOString() ?? null,
      })),
      steps: steps.map((row) => ({
        key: row.key,
        title: row.title,
        attempt: row.attempt,
        startedAt: row.started_at.toISOString(),
        endedAt: row.ended_at.toISOString(),
      })),
      calls: calls.map((row) => ({
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
    };
  });
}
