import type { Lab } from './lab/lab.ts';

/** Throws when a task ended in any other way, after a fault that must cost nobody their result. */
export async function allSucceeded(lab: Lab): Promise<void> {
  const { rows } = await lab.system.db.admin.query<{ how: string; n: number }>(
    `select concat_ws(' ', state, error ->> 'code') as how, count(*)::int as n from public.tasks
     where state <> 'succeeded' group by 1 order by 2 desc`,
  );
  if (rows.length > 0)
    throw new Error(`tasks did not succeed: ${rows.map(({ how, n }) => `${n} ${how}`).join(', ')}`);
}
