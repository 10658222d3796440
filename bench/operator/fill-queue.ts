import type pg from 'pg';

/**
 * Stores tasks of one organisation with their jobs: half done, half waiting, one in a thousand failed with a dead letter.
 * Written as the owner would restore them, since submitting so many takes minutes.
 */
export async function fillQueue(
  admin: pg.Pool,
  person: { orgId: string; userId: string },
  queue: { name: string; deadLetter: string },
  count: number,
): Promise<void> {
  await admin.query(
    `insert into tasks (org_id, id, kind, title, state, input, error, max_attempts, job_queue, job_id, request_hash, created_by, ended_at)
     select $1, app.uuid_v7(), 'assistant.prompt', 'Task ' || n, s.state, '{"prompt": "x"}',
            case when s.state = 'failed' then '{"code": "provider_error"}'::jsonb end, 3, $2, gen_random_uuid(), 'hash', $3,
            case when s.state <> 'queued' then now() end
     from generate_series(1, $4::int) n,
          lateral (select case when n % 1000 = 0 then 'failed' when n % 2 = 0 then 'succeeded' else 'queued' end as state) s`,
    [person.orgId, queue.name, person.userId, count],
  );
  const payload = `jsonb_build_object('version', 1, 'orgId', org_id, 'taskId', id)`;
  await admin.query(
    `insert into pgboss.job (id, name, data, state, created_on, completed_on, policy)
     select job_id, $1, ${payload},
            (case state when 'failed' then 'failed' when 'succeeded' then 'completed' else 'created' end)::pgboss.job_state,
            now() - random() * interval '1 hour', ended_at, 'standard'
     from tasks`,
    [queue.name],
  );
  await admin.query(
    `insert into pgboss.job (name, data, source_name, source_id, source_root_id, policy)
     select $2, ${payload}, $1, job_id, job_id, 'standard' from tasks where state = 'failed'`,
    [queue.name, queue.deadLetter],
  );
  // A quarter of an hour of what workers record each second; a new queue has no partition for yesterday.
  await admin.query(
    `insert into pgboss.queue_stats (name, created_delta, completed_delta, failed_delta, delta_seconds, delta_on, wait_bins, run_bins, captured_on)
     select $1, 1, 1, 0, 1, at, array_fill(1, array[48]), array_fill(1, array[48]), at
     from generate_series(greatest(now() - interval '15 minutes', date_trunc('day', now() at time zone 'UTC') at time zone 'UTC'), now(), interval '1 second') at`,
    [queue.name],
  );
  await admin.query('analyze');
}
