import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { PgBoss } from 'pg-boss';
import { type Running, used } from './running-tasks.ts';

/**
 * The end of a task as one writes it first: the same rows under the same policies, in a transaction of its own that waits for
 * each statement, the job completed by the library.
 */
export async function naiveSettle(
  client: pg.PoolClient,
  boss: PgBoss,
  { claim, call, record }: Running,
): Promise<void> {
  const { orgId, taskId, attempt } = claim;
  const claims = JSON.stringify({ org_id: orgId, task_ids: `{${taskId}}` });
  const become = (role: string) =>
    client.query(
      `select set_config('role', $1, true), set_config('request.jwt.claim.sub', '', true), set_config('request.jwt.claims', $2, true)`,
      [role, claims],
    );
  await client.query('begin');
  await become('devsphere_queue');
  const executeSql = async (text: string, values?: unknown[]) => {
    const { rows } = await client.query(text, values);
    return { rows };
  };
  const job = { id: claim.jobId, retryCount: claim.delivery };
  await boss.complete(claim.queue, job, { outcome: 'succeeded' }, { db: { executeSql } });
  await become('devsphere_task');
  await client.query(
    `insert into usage_entries (org_id, id, task_id, llm_call_id, provider_request_id, user_id, kind, model, input_tokens,
            cache_read_tokens, cache_write_tokens, output_tokens, cost_nano_usd, simulated, paid_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, 0, $10, $11, true, 'platform')`,
    [
      orgId,
      randomUUID(),
      taskId,
      call.id,
      record.requestId,
      claim.createdBy,
      claim.kind,
      call.model,
      used.inputTokens,
      used.outputTokens,
      used.costNanoUsd,
    ],
  );
  await client.query(
    `update llm_calls set state = 'completed', provider_request_id = $3, stop_reason = 'end_turn', cost_nano_usd = $4, ended_at = now()
     where org_id = $1 and id = $2`,
    [orgId, call.id, record.requestId, used.costNanoUsd],
  );
  const { rows } = await client.query(
    `update tasks set state = 'succeeded', output = $4, ended_at = now(), event_seq = event_seq + 1,
            input_tokens = input_tokens + $5, output_tokens = output_tokens + $6, cost_nano_usd = cost_nano_usd + $7
     where org_id = $1 and id = $2 and attempt = $3 and state = 'running' returning event_seq`,
    [
      orgId,
      taskId,
      attempt,
      '{"markdown": "Done."}',
      used.inputTokens,
      used.outputTokens,
      used.costNanoUsd,
    ],
  );
  await client.query(
    `update task_attempts set state = 'succeeded', ended_at = now() where org_id = $1 and task_id = $2 and attempt = $3`,
    [orgId, taskId, attempt],
  );
  await client.query(
    `insert into task_events (org_id, task_id, seq, type, data) values ($1, $2, $3, 'task.ended', '{"state": "succeeded", "error": null}')`,
    [orgId, taskId, rows[0].event_seq],
  );
  await client.query(
    `insert into audit_entries (org_id, id, actor_type, actor_id, action, target_type, target_id)
     values ($1, $2, 'task', $3, 'task.succeeded', 'task', $3)`,
    [orgId, randomUUID(), taskId],
  );
  await client.query('commit');
}
