import { isDeepStrictEqual } from 'node:util';
import type { Cell, Endings } from './cell.ts';
import type { Lab } from './lab/lab.ts';

type Ended = { id: string; how: string; prompt: string | null };

/**
 * Throws when tasks ended in another way than the cell says, and the rest well, or when there were none. One that was asked to
 * stop may have stopped, and has where that was the answer. Returns how many did.
 */
export async function expectEndings(
  lab: Lab,
  { endings: said = {} }: Pick<Cell, 'endings'>,
  tasks: number,
): Promise<number> {
  const { rows } = await lab.system.db.admin.query<Ended>(
    `select id, concat_ws(' ', state, error ->> 'code') as how, input ->> 'prompt' as prompt from public.tasks`,
  );
  for (const { id, how, prompt } of rows) {
    if (lab.cancellations.get(id) === 'promised' && how !== 'cancelled')
      throw new Error(`what was answered to be cancelled ended as ${how} (${id})`);
    const latest = lab.debounced.get(id);
    if (latest && !prompt?.startsWith(latest))
      throw new Error(`a debounced task was not told the latest: ${prompt} (${id})`);
  }
  const wasStopped = ({ id, how }: Ended) => how === 'cancelled' && lab.cancellations.has(id);
  const groups = [
    ...Map.groupBy(
      rows.filter((row) => !wasStopped(row)),
      ({ how }) => how,
    ),
  ];
  const { succeeded = 0, ...others } = Object.fromEntries(
    groups.map(([how, { length }]) => [how, length]),
  ) as Endings;
  const wanted = typeof said === 'function' ? said(tasks) : said;
  if (wanted !== 'any' && !isDeepStrictEqual(others, wanted))
    throw new Error(`tasks ended ${JSON.stringify(others)}, not ${JSON.stringify(wanted)}`);
  if (succeeded === 0) throw new Error('no task succeeded');
  return rows.filter(wasStopped).length;
}
