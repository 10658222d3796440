import { randomUUID } from 'node:crypto';
import type { TestDatabase } from '../test-database.ts';
import type { Marks } from './copy.ts';
import type { Targets } from './world.ts';

/** What only workers and the clock would write. */
export async function fillByHand(
  { admin }: TestDatabase,
  orgId: string,
  {
    task,
    running,
    failed,
    waiting,
    approval,
    artifact,
    endpoint,
    delivery,
    invitation,
    key,
  }: Targets,
  { own }: Marks,
): Promise<void> {
  const run = (statement: string, ...values: unknown[]) =>
    admin.query(statement, [orgId, ...values]);
  await run(
    `update tasks set state = 'running', started_at = now() where org_id = $1 and id = any ($2)`,
    [running, failed, waiting],
  );
  await run(
    `update tasks set state = 'failed', ended_at = now() where org_id = $1 and id = $2`,
    failed,
  );
  await run(`update tasks set state = 'waiting' where org_id = $1 and id = $2`, waiting);
  await run(
    `insert into approvals (org_id, id, task_id, attempt, step_key, title, form, expires_at)
     values ($1, $2, $3, 1, 'asked', $4, '{"type": "object", "required": ["here"]}', now() + interval '1 hour')`,
    approval,
    waiting,
    own,
  );
  await run(
    `insert into task_attempts (org_id, task_id, attempt, worker, job_id, delivery) values ($1, $2, 1, $3, gen_random_uuid(), 0)`,
    task,
    own,
  );
  await run(
    `insert into artifacts (org_id, id, task_id, name, media_type, path, bytes, sha256)
     values ($1, $2, $3, 'file.txt', 'text/plain', $1::uuid || '/' || $3::uuid || '/file.txt', 1, $4)`,
    artifact,
    task,
    own,
  );
  await run(
    `insert into task_events (org_id, task_id, seq, type, data) values ($1, $2, 1, 'text', jsonb_build_object('text', $3::text))`,
    task,
    own,
  );
  await run(
    `insert into task_steps (org_id, task_id, key, title, attempt, output, started_at) values ($1, $2, 'one', $3, 1, '{}', now())`,
    task,
    own,
  );
  const call = randomUUID();
  await run(
    `insert into llm_calls (org_id, id, task_id, attempt, step_key, model, state, ended_at)
     values ($1, $2, $3, 1, $4, 'claude-haiku-5-5', 'unknown', now())`,
    call,
    task,
    own,
  );
  await run(
    `insert into usage_entries (org_id, id, task_id, llm_call_id, provider_request_id, user_id, kind, model, input_tokens,
       cache_read_tokens, cache_write_tokens, output_tokens, cost_nano_usd, simulated)
     select $1, gen_random_uuid(), $2, $3, 'r', created_by, kind, 'claude-haiku-5-5', 1, 1, 1, 1, 1000, true
     from tasks where org_id = $1 and id = $2`,
    task,
    call,
  );
  await run(
    `insert into usage_days (org_id, day, kind, model, simulated, calls, input_tokens, cache_read_tokens, cache_write_tokens,
       output_tokens, cost_nano_usd)
     values ($1, (now() at time zone 'UTC')::date - 5, 'assistant.prompt', 'claude-haiku-5-5', true, 1, 1, 1, 1, 1, 1000)`,
  );
  await run(
    `update webhook_endpoints set state = 'disabled', disabled_reason = $3 where org_id = $1 and id = $2`,
    endpoint,
    own,
  );
  await run(
    `update webhook_deliveries set state = 'failed', ended_at = now() where org_id = $1 and id = $2`,
    delivery,
  );
  await run(
    `insert into webhook_attempts (org_id, delivery_id, attempt, took_ms, request_headers, response_body) values ($1, $2, 1, 1, '{}', $3)`,
    delivery,
    own,
  );
  await run(
    `update integrations set state = 'broken', state_reason = $2 where org_id = $1 and kind = 'anthropic'`,
    own,
  );
  // Sent long enough ago to be sent again.
  await run(
    `update invitations set mailed_at = now() - interval '1 hour', created_at = now() - interval '1 hour' where org_id = $1 and id = $2`,
    invitation,
  );
  await run(
    `insert into audit_entries (org_id, id, actor_type, actor_id, action, target_type, target_id)
     values ($1, gen_random_uuid(), 'api_key', $2, 'task.submitted', 'task', $3)`,
    key,
    task,
  );
}
