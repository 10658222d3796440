import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDatabaseAway } from '@devsphere/shared/db/database-away.ts';
import type { Lab } from './lab/lab.ts';
import { lasting } from './pause.ts';

const everySeconds = 0.5;
const live = readFileSync(join(import.meta.dirname, 'invariants', 'l1-live.sql'), 'utf8');

/**
 * Asks while a fault lasts what must hold at every moment, not only at the end. Returns what ends the watch and tells what
 * was seen; a database that is away has nothing to say.
 */
export function watch(lab: Lab): () => Promise<string[]> {
  const seen = new Set<string>();
  let over = false;
  const looking = (async () => {
    while (!over) {
      try {
        const { rows } = await lab.system.db.admin.query<{ what: string; id: string }>(live);
        for (const { what, id } of rows) seen.add(`l1-live meanwhile: ${what} (${id})`);
      } catch (error) {
        if (!isDatabaseAway(error)) seen.add(`the watch failed: ${error}`);
      }
      await lasting(everySeconds);
    }
  })();
  return async () => {
    over = true;
    await looking;
    return [...seen].slice(0, 3);
  };
}
