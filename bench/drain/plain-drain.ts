import pg from 'pg';
import { now } from '../lab/clock.ts';
import { createPlainQueue } from '../submitters/plain-queue.ts';

const connections = 16;

export async function fillPlainQueue(url: string, jobs: number): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query('drop table if exists jobs');
  await client.query(createPlainQueue);
  await client.query(
    `insert into jobs (kind, input) select 'assistant.prompt', '{"prompt": "Is order 4711 paid?"}' from generate_series(1, $1)`,
    [jobs],
  );
  await client.query('vacuum analyze jobs');
  await client.end();
}

const take = (limit: number) => ({
  name: `take-${limit}`,
  text: `update jobs set state = 'running', started_at = now()
         where id in (select id from jobs where state = 'queued' and run_at <= now() order by run_at, id
                      limit ${limit} for update skip locked) returning id, input`,
});

/** Each connection takes a job, does nothing, and ends it: how a queue table is usually worked. Returns jobs a second. */
export function drainOneByOne(url: string, jobs: number): Promise<number> {
  return drain(url, jobs, connections, 1);
}

/** The most that is to be had: a hundred at a time, and their ends in one statement. */
export function drainInBatches(url: string, jobs: number): Promise<number> {
  return drain(url, jobs, 2, 100);
}

async function drain(url: string, jobs: number, max: number, size: number): Promise<number> {
  const pool = new pg.Pool({ connectionString: url, max });
  await Promise.all(Array.from({ length: max }, () => pool.query('select 1')));
  const began = now();
  const lane = async () => {
    for (;;) {
      const { rows } = await pool.query(take(size));
      if (rows.length === 0) return;
      await pool.query({
        name: 'end',
        text: `update jobs set state = 'done', output = '{"markdown": "Done."}', ended_at = now() where id = any($1::bigint[])`,
        values: [rows.map(({ id }) => id)],
      });
    }
  };
  await Promise.all(Array.from({ length: max }, lane));
  const rate = (jobs / (now() - began)) * 1000;
  await pool.end();
  return rate;
}
