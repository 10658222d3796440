import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './system/settings.ts';

/** Everything: checks, unit and integration tests, the agent's tests, and the browser. Stops at nothing, fails at the end. */
const home = process.env.DEVSPHERE_HOME ?? join(root, '.devsphere');
const node = [join(root, 'node_modules', '.bin', 'node'), '--disable-warning=ExperimentalWarning'];
const python = join(home, 'venv', 'bin', 'python');
const missingPython = existsSync(join(home, 'agent-unavailable'))
  ? readFileSync(join(home, 'agent-unavailable'), 'utf8')
  : undefined;
const agent = join(root, 'agent-service');

const parts: Array<{ name: string; command: string[]; cwd: string; skip?: string | undefined }> = [
  { name: 'check', command: [...node, 'scripts/check.ts'], cwd: root },
  { name: 'unit and integration', command: [...node, 'scripts/jest.ts'], cwd: root },
  {
    name: 'agent: lint',
    command: [python, '-m', 'ruff', 'check', '.'],
    cwd: agent,
    skip: missingPython,
  },
  { name: 'agent: types', command: [python, '-m', 'mypy'], cwd: agent, skip: missingPython },
  {
    name: 'agent: tests',
    command: [python, '-m', 'pytest', '-q'],
    cwd: agent,
    skip: missingPython,
  },
  { name: 'browser', command: [...node, 'scripts/test-browser.ts'], cwd: root },
];

const wanted = process.argv.slice(2);
const results: Array<{ name: string; outcome: string; seconds: number }> = [];
for (const { name, command, cwd, skip } of parts) {
  if (wanted.length > 0 && !wanted.some((word) => name.includes(word))) continue;
  if (skip) {
    // A machine without Python can't vouch for the agent; the place that decides must have it.
    results.push({
      name,
      outcome: process.env.CI ? `FAILED: ${skip}` : `skipped: ${skip}`,
      seconds: 0,
    });
    continue;
  }
  process.stdout.write(`\n── ${name} ${'─'.repeat(Math.max(0, 60 - name.length))}\n`);
  const began = performance.now();
  const passed = await run(command, cwd);
  results.push({
    name,
    outcome: passed ? 'passed' : 'FAILED',
    seconds: (performance.now() - began) / 1000,
  });
}

process.stdout.write('\n');
for (const { name, outcome, seconds } of results)
  process.stdout.write(`${outcome.padEnd(8)} ${name} (${seconds.toFixed(1)} s)\n`);
const count = (word: string) => results.filter(({ outcome }) => outcome.startsWith(word)).length;
process.stdout.write(
  `\nparts: ${count('passed')} passed, ${count('FAILED')} failed, ${count('skipped')} skipped\n`,
);
process.exit(count('FAILED') > 0 ? 1 : 0);

function run([program = '', ...args]: string[], cwd: string): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd, stdio: 'inherit' });
    child.once('error', (error) => {
      process.stderr.write(`${error.message}\n`);
      resolve(false);
    });
    child.once('close', (code) => resolve(code === 0));
  });
}
