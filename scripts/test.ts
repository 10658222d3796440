import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import { root } from './system/settings.ts';

/** Everything: checks, unit and integration tests, the agent's tests, and the browser. Stops at nothing, fails at the end. */
const home = process.env.DEVSPHERE_HOME ?? join(root, '.devsphere');
const node = [join(root, 'node_modules', '.bin', 'node'), '--disable-warning=ExperimentalWarning'];
const python = join(home, 'venv', 'bin', 'python');
const agent = join(root, 'agent-service');
const missingPython = existsSync(join(home, 'agent-unavailable'))
  ? readFileSync(join(home, 'agent-unavailable'), 'utf8')
  : undefined;

type Part = { name: string; command: string[]; cwd: string; skip?: string | undefined };
type Result = { name: string; outcome: string; seconds: number };

const ofNode = (name: string, file: string): Part => ({
  name,
  command: [...node, file],
  cwd: root,
});
const ofAgent = (name: string, ...command: string[]): Part => ({
  name: `agent: ${name}`,
  command: [python, '-m', ...command],
  cwd: agent,
  skip: missingPython,
});

/** One after the other. What stands in `beside` uses the time that the others wait in. */
const stages: Array<{ parts: Part[]; beside: Part[] }> = [
  { parts: [ofNode('check', 'scripts/check.ts')], beside: [] },
  {
    parts: [ofNode('unit and integration', 'scripts/jest.ts')],
    beside: [
      ofAgent('lint', 'ruff', 'check', '.'),
      ofAgent('types', 'mypy'),
      ofAgent('tests', 'pytest', '-q'),
      ofNode('build of the web', 'scripts/build-web.ts'),
    ],
  },
  { parts: [ofNode('browser', 'scripts/test-browser.ts')], beside: [] },
];

const wanted = process.argv.slice(2);
const isWanted = ({ name }: Part) =>
  wanted.length === 0 || wanted.some((word) => name.includes(word));

const results: Result[] = [];
for (const { parts, beside } of stages)
  await Promise.all([
    runAll(parts.filter(isWanted), runShown),
    runAll(beside.filter(isWanted), runAside),
  ]);

process.stdout.write('\n');
for (const { name, outcome, seconds } of results)
  process.stdout.write(`${outcome.padEnd(8)} ${name} (${seconds.toFixed(1)} s)\n`);
const count = (word: string) => results.filter(({ outcome }) => outcome.startsWith(word)).length;
process.stdout.write(
  `\nparts: ${count('passed')} passed, ${count('FAILED')} failed, ${count('skipped')} skipped\n`,
);
process.exit(count('FAILED') > 0 ? 1 : 0);

async function runAll(parts: Part[], run: (part: Part) => Promise<boolean>): Promise<void> {
  for (const part of parts) {
    const began = performance.now();
    const outcome = part.skip ? skipped(part.skip) : (await run(part)) ? 'passed' : 'FAILED';
    results.push({ name: part.name, outcome, seconds: (performance.now() - began) / 1000 });
  }
}

/** A machine without Python can't vouch for the agent; the place that decides must have it. */
const skipped = (why: string) => (process.env.CI ? `FAILED: ${why}` : `skipped: ${why}`);

function runShown({ name, command: [program = '', ...args], cwd }: Part): Promise<boolean> {
  head(name);
  return succeeded(spawn(program, args, { cwd, stdio: 'inherit' }));
}

/** Behind the others in line for the processors; its output comes in one piece. */
async function runAside({ name, command: [program = '', ...args], cwd }: Part): Promise<boolean> {
  const child = spawn(program, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  if (child.pid) setPriority(child.pid, 10);
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (piece: Buffer) => said.push(piece));
  const passed = await succeeded(child);
  head(name);
  process.stdout.write(Buffer.concat(said));
  return passed;
}

function head(name: string): void {
  process.stdout.write(`\n── ${name} ${'─'.repeat(Math.max(0, 60 - name.length))}\n`);
}

function succeeded(child: ChildProcess): Promise<boolean> {
  return new Promise((resolve) => {
    child.once('error', (error) => {
      process.stderr.write(`${error.message}\n`);
      resolve(false);
    });
    child.once('close', (code) => resolve(code === 0));
  });
}
