import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const watchdog = join(import.meta.dirname, '..', 'src', 'watchdog.ts');

/** A process watched so that a second without a turn ends it; what it does then. */
async function watched(code: string) {
  const program = `import { startWatchdog } from '${watchdog}'; startWatchdog(1); ${code}`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program]);
  let told = '';
  child.stderr.on('data', (chunk) => {
    told += chunk;
  });
  const [status, signal] = await once(child, 'close');
  return { status, signal, told };
}

test('a process whose event loop is blocked for ever ends, and says why', async () => {
  const { signal, told } = await watched('setTimeout(() => { for (;;); }, 50)');
  expect(signal).toBe('SIGKILL');
  expect(JSON.parse(told)).toMatchObject({ level: 60, msg: expect.stringContaining('blocked') });
});

test('one that turns is left alone, and ends when it has nothing more to do', async () => {
  expect(await watched('setTimeout(() => {}, 3_000)')).toEqual({
    status: 0,
    signal: null,
    told: '',
  });
});
