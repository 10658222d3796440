import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sparticuz from '@sparticuz/chromium';
import pg from 'pg';
import { findLeaks, type Seen } from '../e2e/canaries/find-leaks.ts';
import { plantCanaries } from '../e2e/canaries/plant.ts';
import type { SentAnswer } from '../e2e/canaries/record.ts';
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
// Unpacked before the tests: two that find it missing at the same moment write it while the other starts it.
await sparticuz.executablePath();
const answersFile = join(home, 'answers.jsonl');
const system = await startSystem({
  settings,
  development: false,
  withWeb: true,
  edgeEnv: {
    KEEP_ANSWERS: answersFile,
    NODE_OPTIONS: `--import=${join(root, 'e2e/canaries/keep-answers.ts')}`,
  },
  say,
});
const admin = new pg.Pool({
  connectionString: `postgresql://supabase_admin:${settings.secrets.admin}@127.0.0.1:${settings.DB_PORT}/postgres`,
  max: 1,
});
let code = 1;
try {
  await seedDemo(settings, system.at, say);
  await plantCanaries(admin);
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
  const logged = secretsInLogs(join(home, 'logs'));
  for (const line of logged) say(`a secret was logged: ${line}`);
  const leaks = await findLeaks(admin, {
    answers: await answersSent(),
    logged: '',
    messages: [],
    calls: await callsMade(),
  });
  for (const line of leaks.slice(0, 20)) say(`a canary was seen: ${line}`);
  if (logged.length > 0 || leaks.length > 0) code = 1;
} finally {
  await admin.end();
  await system.stop();
  if (code === 0) await rm(home, { recursive: true, force: true });
  else say(`The logs of the services are in ${home}/logs`);
}
process.exit(code);

/** What every answer of the web and the API told, and whom. */
async function answersSent(): Promise<SentAnswer[]> {
  const lines = (await readFile(answersFile, 'utf8')).trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as SentAnswer);
}

async function callsMade(): Promise<Seen['calls']> {
  const answer = await fetch(`${system.at.simulator}/_control/calls`, {
    headers: { 'x-control-token': settings.secrets.control },
  });
  return ((await answer.json()) as Pick<Seen, 'calls'>).calls;
}
