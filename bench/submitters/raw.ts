import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { PgBoss } from 'pg-boss';
import { bossQueue, createTasks } from './peer-tables.ts';
import { peerRow } from './sample-task.ts';
import type { Submitter } from './submitter.ts';

const insertBoth = `with task as (
  insert into tasks (org_id, id, kind, title, input) values ($1, $2, $3, $4, $5) returning id
)
insert into pgboss.job (name, data) select $6, jsonb_build_object('taskId', id) from task`;

/** The limit: one prepared statement by hand, into the same job table, with no rights, audit or key to look after. */
export async function openRaw(url: string, connections: number): Promise<Submitter> {
  const pool = new pg.Pool({ connectionString: url, max: connections });
  pool.on('error', () => {});
  await pool.query(createTasks);
  const boss = new PgBoss({ connectionString: url });
  boss.on('error', () => {});
  await boss.start();
  await boss.createQueue(bossQueue);
  await boss.stop({ graceful: false });
  const orgId = randomUUID();
  return {
    name: 'the limit: row, job; 1 prepared statement',
    submit: async () => {
      const taskId = randomUUID();
      const values = [...peerRow(orgId, taskId), bossQueue];
      await pool.query({ name: 'submit', text: insertBoth, values });
      return taskId;
    },
    analyze: async () => void (await pool.query('analyze')),
    close: () => pool.end(),
  };
}
