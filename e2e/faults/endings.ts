import type { Lab } from './lab/lab.ts';

/** How many tasks ended how: `succeeded`, or the state and the error's code. */
export async function endings(lab: Lab): Promise<Record<string, number>> {
  const { rows } = await lab.system.db.admin.query<{ how: string; n: number }>(
    `select concat_ws(' ', state, error ->> 'code') as how, count(*)::int as n from public.tasks group by 1 order by 1`,
  );
  return Object.fromEntries(rows.map(({ how, n }) => [how, n]));
}

/** Throws when tasks ended in another way than these, and the rest well. */
export async function expectEndings(lab: Lab, wanted: Record<string, number> = {}): Promise<void> {
  const { succeeded: _well, ...others } = await endings(lab);
  if (JSON.stringify(others) !== JSON.stringify(wanted))
    throw new Error(`tasks ended ${JSON.stringify(others)}, not ${JSON.stringify(wanted)}`);
}
