import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { secretsInLogs } from '../e2e/canaries/secrets.ts';
import { freePort } from './system/ports.ts';
import { runJest } from './system/run-jest.ts';
import { seedDemo } from './system/seed-demo.ts';
import { readSettings, root } from './system/settings.ts';
import { startSystem } from './system/system.ts';

/** Runs the browser tests against the whole system, started on free ports with its own, new data. */
const home = await mkdtemp(join(tmpdir(), 'devsphere-browser-'));
const say = (line: string) => process.stdout.write(`${line}\n`);
const ports: Record<string, string> = {};
for (const name of [
  'WEB_PORT',
  'API_PORT',
  'SIMULATOR_PORT',
  'AGENT_PORT',
  'SUPABASE_PORT',
  'DB_PORT',
])
  ports[name] = String(await freePort());
const settings = readSettings({
  ...ports,
  DEVSPHERE_HOME: home,
  // All the people of the tests come from one address.
  ADDRESS_LIMIT_FACTOR: '100',
  // Receivers of the tests are on this machine.
  WEBHOOK_ALLOW_PRIVATE: '1',
  AGENT_VENV: join(process.env.DEVSPHERE_HOME ?? join(root, '.devsphere'), 'venv'),
});
const system = await startSystem({ settings, development: false, withWeb: true, say });
let code = 1;
try {
  await seedDemo(settings, system.at, say);
  const env = {
    E2E_WEB_URL: system.at.web,
    E2E_API_URL: system.at.api,
    E2E_SIMULATOR_URL: system.at.simulator,
    E2E_CONTROL_TOKEN: settings.secrets.control,
    E2E_HOME: home,
  };
  const run = (...args: string[]) =>
    runJest(
      [
        '--rootDir',
        root,
        '--roots',
        join(root, 'e2e/browser'),
        '--passWithNoTests',
        ...args,
        ...process.argv.slice(2),
      ],
      env,
    );
  const together = await run('--testPathIgnorePatterns', '/alone/', '--maxWorkers', '2');
  // Tests that hold a queue, stop a service or change the model's pace would be felt by the others.
  const alone = await run('--testPathIgnorePatterns', 'browser/[^/]+$', '--runInBand');
  code = together || alone;
  const seen = secretsInLogs(join(home, 'logs'));
  for (const line of seen) say(`a secret was logged: ${line}`);
  if (seen.length > 0) code = 1;
} finally {
  await system.stop();
  if (code === 0) await rm(home, { recursive: true, force: true });
  else say(`The logs of the services are in ${home}/logs`);
}
process.exit(code);
