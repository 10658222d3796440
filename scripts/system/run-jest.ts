import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from './settings.ts';

/** Runs Jest with its own arguments and more environment. Returns its exit code; Ctrl-C reaches it by itself. */
export function runJest(args: string[], env: Record<string, string> = {}): Promise<number> {
  process.on('SIGINT', () => {});
  const jest = spawn(
    process.execPath,
    [
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      join(root, 'node_modules/jest/bin/jest.js'),
      ...args,
    ],
    { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } },
  );
  return new Promise((resolve) => jest.once('close', (code) => resolve(code ?? 1)));
}
