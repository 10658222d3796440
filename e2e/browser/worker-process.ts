import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { place } from './browser.ts';

/** Kills the workers of the system under test, as a machine that breaks would; each is started again a second later. */
export function killWorkers(): void {
  const lock = JSON.parse(readFileSync(join(place.home, 'lock.json'), 'utf8')) as {
    children: number[];
  };
  const workers = lock.children.filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('worker/src/main.ts');
    } catch {
      return false;
    }
  });
  if (workers.length === 0) throw new Error('no worker is running');
  for (const pid of workers) process.kill(pid, 'SIGKILL');
}
