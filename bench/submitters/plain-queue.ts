import pg from 'pg';
import { sampleTask } from './sample-task.ts';
import type { Submitter } from './submitter.ts';

export const createPlainQueue = `
  create table jobs (
    id bigint generated always as identity primary key, kind text not null, input jsonb not null, state text not null default 'queued',
    output jsonb, run_at timestamptz not null default now(), started_at timestamptz, ended_at timestamptz
  );
  create index on jobs (run_at, id) where state = 'queued'`;

/** X: hand-written SQL on a plain queue table, one prepared statement. Nobody's rights, no audit, no key, no history. */
export async function openPlainQueue(url: string, connections: number): Promise<Submitter> {
  const pool = new pg.Pool({ connectionString: url, max: connections });
  pool.on('error', () => {});
  await pool.query(createPlainQueue);
  return {
    name: 'X: a row of a plain queue table; 1 prepared statement',
    submit: async () => {
      const { kind, input } = sampleTask();
      const { rows } = await pool.query({
        name: 'submit',
        text: 'insert into jobs (kind, input) values ($1, $2) returning id',
        values: [kind, JSON.stringify(input)],
      });
      return String(rows[0].id);
    },
    analyze: async () => void (await pool.query('analyze')),
    close: () => pool.end(),
  };
}
