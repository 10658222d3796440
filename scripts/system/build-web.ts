import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './settings.ts';

const marker = join(root, 'web', '.next', 'devsphere-built-from');

/** Builds the web application unless the last build was made from the same sources. Throws with the build's output. */
export function buildWeb(onStart: () => void): void {
  const sources = digestSources();
  if (existsSync(marker) && readFileSync(marker, 'utf8') === sources) return;
  onStart();
  const result = spawnSync(
    join(root, 'node_modules', '.bin', 'node'),
    [join(root, 'node_modules', 'next', 'dist', 'bin', 'next'), 'build'],
    {
      cwd: join(root, 'web'),
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        NEXT_TELEMETRY_DISABLED: '1',
        NODE_ENV: 'production',
      },
      encoding: 'utf8',
    },
  );
  if (result.status !== 0)
    throw new Error(`The web application could not be built:\n${result.stdout}\n${result.stderr}`);
  writeFileSync(marker, sources);
}

function digestSources(): string {
  const hash = createHash('sha256');
  for (const file of ['package-lock.json', ...filesUnder('web'), ...filesUnder('shared/src')])
    hash.update(file).update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

function filesUnder(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter(
      ({ name }) =>
        !['node_modules', '.next', 'tests', 'next-env.d.ts', 'tsconfig.tsbuildinfo'].includes(name),
    )
    .flatMap((entry) =>
      entry.isDirectory() ? filesUnder(join(folder, entry.name)) : [join(folder, entry.name)],
    )
    .sort();
}
