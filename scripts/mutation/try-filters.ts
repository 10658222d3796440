import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../system/settings.ts';
import { type Filter, findFilters } from './filters.ts';

const together = 2;
const folder = join(root, 'scripts/mutation');

/** Forgets every filter of our sources in turn, each in a process of its own; the sources stay as they are. */
export async function tryFilters(): Promise<{ total: number; survived: string[] }> {
  const { failed, said } = await tryOnce();
  if (failed) throw new Error(`two organisations mix with every filter in place:\n${said}`);
  const filters = findFilters();
  const survived: string[] = [];
  const left = [...filters];
  const work = async () => {
    for (let filter = left.shift(); filter; filter = left.shift())
      if (!(await tryOnce(filter)).failed) survived.push(`forgot: ${filter.file}:${filter.line}`);
  };
  await Promise.all(Array.from({ length: together }, work));
  return { total: filters.length, survived: survived.sort() };
}

/** Runs one of the scripts beside this one in a process of its own, which has a source file without the filter. */
export function tryOnce(
  filter?: Filter,
  script = 'try-once.ts',
): Promise<{ failed: boolean; said: string }> {
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      ...(filter ? ['--import', join(folder, 'forget-filter.ts')] : []),
      join(folder, script),
    ],
    { cwd: root, env: { ...process.env, FORGET_FILTER: JSON.stringify(filter ?? {}) } },
  );
  let said = '';
  child.stdout.on('data', (chunk) => {
    said += chunk;
  });
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (process.env.SHOW_KILLS && filter)
        process.stdout.write(`${filter.file}:${filter.line} ${code}: ${said.slice(0, 200)}\n`);
      resolve({ failed: code !== 0, said });
    });
  });
}
