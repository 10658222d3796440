import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { startTestServer } from '../shared/src/testing/start-test-server.ts';

/** Runs Jest with a PostgreSQL beside it; arguments are Jest's own, such as a part of a path. */
const root = join(import.meta.dirname, '..');
const stopServer = await startTestServer();
const jest = spawn(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    join(root, 'node_modules/jest/bin/jest.js'),
    ...process.argv.slice(2),
  ],
  { cwd: root, stdio: 'inherit' },
);
// Ctrl-C reaches Jest by itself; this process stays to stop the server.
process.on('SIGINT', () => {});
const code = await new Promise<number>((resolve) =>
  jest.once('close', (exit) => resolve(exit ?? 1)),
);
await stopServer();
process.exit(code);
