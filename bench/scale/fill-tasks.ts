import type pg from 'pg';
import { queues } from '../../shared/src/queue/queues.ts';

/**
 * Stores tasks of one organisation: so many that ended, and so many for a day far off, with their jobs. Written as a dump
 * is restored, without triggers, since submitting a million takes hours.
 */
export async function fillTasks(
  admin: pg.Pool,
  person: { orgId: string; userId: string },
  { ended, deferred }: { ended: number; deferred: number },
): Promise<void> {
  const client = await admin.connect();
  try {
    await client.query(`set session_replication_role = replica`);
    const insert = (state: string, runAt: string, endedAt: string) =>
      `insert into tasks (org_id, id, kind, title, state, input, output, max_attempts, job_queue, job_id, request_hash, created_by,
                          idempotency_key, run_at, started_at, ended_at, attempt, tags)
       select $1, app.uuid_v7(), 'assistant.prompt', 'Task ' || n, '${state}', '{"prompt": "What is a lease?"}',
              case when '${state}' = 'succeeded' then '{"markdown": "It ends by itself."}'::jsonb end, 3, '${queues.claude.name}',
              gen_random_uuid(), 'hash', $2, gen_random_uuid()::text, ${runAt}, ${endedAt}, ${endedAt},
              case when '${state}' = 'succeeded' then 1 else 0 end, array['tag-' || n % 1000]
       from generate_series(1, $3::int) n`;
    const owner = [person.orgId, person.userId];
    await client.query(insert('succeeded', 'now()', 'now()'), [...owner, ended]);
    await client.query(insert('queued', `now() + interval '20 days'`, 'null'), [
      ...owner,
      deferred,
    ]);
    await client.query(
      `insert into pgboss.job (id, name, data, state, start_after, policy, group_id, group_tier, retry_limit, heartbeat_seconds,
                               expire_seconds, dead_letter)
       select t.job_id, $1, jsonb_build_object('version', 1, 'orgId', t.org_id, 'taskId', t.id), 'created', t.run_at, 'standard',
              t.org_id::text, 'scale', 1000, 10, 3600, $2
       from tasks t where t.state = 'queued' and t.run_at > now() + interval '19 days'
         and not exists (select from pgboss.job j where j.name = $1 and j.id = t.job_id)`,
      [queues.claude.later, queues.claude.deadLetter],
    );
  } finally {
    await client.query('set session_replication_role = default');
    client.release();
  }
  await admin.query('vacuum analyze');
}
