// Plain Node >= 18, no dependencies: installs what is missing, then hands over to the pinned Node.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const home = process.env.DEVSPHERE_HOME ?? join(root, '.devsphere');
const [command, ...rest] = process.argv.slice(2);
const needsPython = ['start', 'dev', 'test', 'faults', 'soak'].includes(command);

mkdirSync(home, { recursive: true });
installPackages();
if (needsPython) installPython(command === 'test');
handOver();

function installPackages() {
  const lock = digest(['package-lock.json']);
  const marker = join(root, 'node_modules', '.devsphere-installed');
  if (read(marker) === lock) return;
  const done = step('Installing packages (the first time takes about a minute)');
  const result = run('npm', ['ci', '--loglevel=error', '--no-progress'], root);
  if (result.status !== 0) {
    stop(
      `The packages could not be installed: ${lastLine(result)}. Check that the npm registry is reachable, then run it again.`,
    );
  }
  writeFileSync(marker, lock);
  done();
}

// Without Python the rest still runs; the reason is kept for the start to show.
function installPython(withTools) {
  const reasonFile = join(home, 'agent-unavailable');
  const venv = join(home, 'venv');
  const marker = join(venv, 'installed');
  const requirements = withTools
    ? ['requirements.txt', 'requirements-dev.txt']
    : ['requirements.txt'];
  const wanted = digest(requirements.map((file) => join('agent-service', file)));
  rmSync(reasonFile, { force: true });
  if ((read(marker) ?? '').split('\n').includes(wanted)) return;
  const python = ['python3.13', 'python3.12', 'python3.11', 'python3'].find((name) => {
    const { stdout } = spawnSync(name, ['-c', 'import sys; print(sys.version_info >= (3, 11))'], {
      encoding: 'utf8',
    });
    return stdout?.trim() === 'True';
  });
  if (!python) return unavailable('Python 3.11 or newer is not installed.');
  const done = step('Installing the agent service');
  if (!existsSync(join(venv, 'bin', 'python'))) {
    const made = run(python, ['-m', 'venv', venv], root);
    if (made.status !== 0)
      return unavailable(`Python's venv module does not work: ${lastLine(made)}`);
  }
  const files = requirements.flatMap((file) => ['-r', join(root, 'agent-service', file)]);
  const result = run(
    join(venv, 'bin', 'python'),
    [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--disable-pip-version-check',
      '--require-hashes',
      ...files,
    ],
    root,
  );
  if (result.status !== 0)
    return unavailable(`Its Python packages could not be installed: ${lastLine(result)}`);
  writeFileSync(marker, [read(marker), wanted].filter(Boolean).join('\n'));
  done();

  function unavailable(reason) {
    process.stdout.write(` failed.\n`);
    writeFileSync(reasonFile, reason);
  }
}

function handOver() {
  const node = join(root, 'node_modules', '.bin', 'node');
  const child = spawn(
    node,
    ['--disable-warning=ExperimentalWarning', join(root, 'scripts', `${command}.ts`), ...rest],
    {
      cwd: root,
      stdio: 'inherit',
      env: {
        ...process.env,
        DEVSPHERE_HOME: home,
        PATH: `${join(root, 'node_modules', '.bin')}:${process.env.PATH}`,
      },
    },
  );
  // A terminal sends Ctrl-C to both; a supervisor only to this one.
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.on(signal, () => signal === 'SIGTERM' && child.kill(signal));
  child.on('error', (error) => stop(`The pinned Node could not be started: ${error.message}`));
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}

function run(program, args, cwd) {
  return spawnSync(program, args, { cwd, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
}

function step(text) {
  const began = Date.now();
  process.stdout.write(`${text} …`);
  return () => process.stdout.write(` done in ${Math.round((Date.now() - began) / 1000)} s\n`);
}

function digest(files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

function read(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function lastLine({ error, stderr, stdout }) {
  const lines = `${error?.message ?? ''}\n${stdout ?? ''}\n${stderr ?? ''}`
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  return (
    lines.findLast?.((line) => /error/i.test(line)) ??
    lines[lines.length - 1] ??
    'no output'
  ).slice(0, 300);
}

function stop(sentence) {
  process.stderr.write(`\n${sentence}\n`);
  process.exit(1);
}
