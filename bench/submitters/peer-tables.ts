/** What the peers' jobs carry. */
export type PeerJob = { taskId: string; failFirst?: boolean };

export const bossQueue = 'tasks';
export const graphileTask = 'task';

/** The peers' task row: the columns that matter, one index, no row-level security. */
export const createTasks = `create table tasks (
  org_id uuid not null, id uuid primary key, kind text not null, title text not null,
  state text not null default 'queued', input jsonb not null, created_at timestamptz not null default now()
)`;

export const insertTask = `insert into tasks (org_id, id, kind, title, input) values ($1, $2, $3, $4, $5)`;
