import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { PgBoss } from 'pg-boss';
import { signUp } from '../../shared/src/testing/people.ts';
import { createTestDatabase } from '../../shared/src/testing/test-database.ts';
import { makePlansGenerous } from '../lab/generous-plans.ts';
import { sampleTask } from './sample-task.ts';
import type { Submitter } from './submitter.ts';

const insertTask = `
  insert into tasks (org_id, id, kind, title, state, input, max_attempts, job_queue, job_id, idempotency_key, request_hash, created_by,
                     reserved_nano_usd)
  values ($1, $2, $3, $4, 'queued', $5, 3, $6, $7, $8, 'x', $9, app.estimated_cost('claude-sonnet-5-5', 2000, 1000)) returning id`;
const insertAudit = `
  insert into audit_entries (org_id, id, actor_type, actor_id, action, target_type, target_id)
  values ($1, $2, 'person', $3, 'task.submitted', 'task', $4)`;

/**
 * The same work as one writes it first, into the same tables and under the same policies: a transaction for the row, its
 * audit entry, key and reservation, statement by statement, and then the library's `send`, a transaction of its own.
 */
export async function openNaive(connections: number): Promise<Submitter> {
  const test = await createTestDatabase();
  const person = await signUp(test, 'bench');
  await makePlansGenerous(test.admin);
  const pool = new pg.Pool({ connectionString: test.url, max: connections });
  pool.on('error', () => {});
  const boss = new PgBoss({
    connectionString: test.url,
    options: '-c role=devsphere_queue',
    max: connections,
    migrate: false,
    createSchema: false,
    schedule: false,
    supervise: false,
  });
  boss.on('error', () => {});
  await boss.start();
  const claims = JSON.stringify({ sub: person.actor.userId, role: 'authenticated' });
  const writeRow = async (client: pg.PoolClient, taskId: string, jobId: string) => {
    const { kind, input } = sampleTask();
    await client.query('begin');
    await client.query(
      `select set_config('role', 'devsphere_member', true), set_config('request.jwt.claim.sub', $1, true), set_config('request.jwt.claims', $2, true)`,
      [person.actor.userId, claims],
    );
    await client.query(insertTask, [
      person.orgId,
      taskId,
      kind,
      input.prompt,
      JSON.stringify(input),
      'tasks.claude',
      jobId,
      randomUUID(),
      person.actor.userId,
    ]);
    await client.query(insertAudit, [person.orgId, randomUUID(), person.actor.userId, taskId]);
    await client.query('commit');
  };
  return {
    name: 'naive: the same in 2 transactions, statement by statement',
    submit: async () => {
      const [taskId, jobId] = [randomUUID(), randomUUID()];
      const client = await pool.connect();
      try {
        await writeRow(client, taskId, jobId);
      } finally {
        client.release();
      }
      const data = { version: 1, orgId: person.orgId, taskId };
      await boss.send('tasks.claude', data, { id: jobId, group: { id: person.orgId } });
      return taskId;
    },
    analyze: async () => void (await test.admin.query('analyze')),
    close: async () => {
      await boss.stop({ graceful: false });
      await pool.end();
      await test.close();
    },
  };
}
