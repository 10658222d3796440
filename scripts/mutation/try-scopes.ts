import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../system/settings.ts';
import { tryOnce } from './try-filters.ts';

const file = 'api/src/middleware/authenticate.ts';
const read = 'response.locals.session;';

/**
 * Lets the checks of each route pass every key, one route after the other, in a process whose routes learn from
 * `sessionSeen` who asks; what row-level security then answers must not be what the check would have.
 */
export async function tryScopes(): Promise<{ total: number; survived: string[] }> {
  const source = readFileSync(join(root, file), 'utf8');
  const start = source.indexOf(read);
  if (start < 0 || source.indexOf(read, start + 1) > 0)
    throw new Error(`where routes learn who asks is not in ${file}`);
  const { failed, said } = await tryOnce(
    {
      file,
      line: source.slice(0, start).split('\n').length,
      start,
      end: start + read.length,
      instead: 'globalThis.sessionSeen(response);',
    },
    'try-scopes-once.ts',
  );
  if (failed) throw new Error(`scopes could not be tried:\n${said}`);
  return JSON.parse(said.trim().split('\n').at(-1) ?? '');
}
