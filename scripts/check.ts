import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './system/settings.ts';

/** Format, lint, import direction and cycles, types, unused code: what every commit must pass, in seconds. */
const fix = process.argv.includes('--fix');
const bin = (name: string) => join(root, 'node_modules', '.bin', name);
const checks: Array<[what: string, command: string, args: string[]]> = [
  [
    'format, lint, import direction, cycles',
    bin('biome'),
    ['check', '--error-on-warnings', ...(fix ? ['--write'] : []), '.'],
  ],
  ['types', bin('tsc'), ['-p', 'tsconfig.json']],
  ['types of the browser tests', bin('tsc'), ['-p', 'e2e/browser/tsconfig.json']],
  ['types of the web', bin('tsc'), ['-p', 'web/tsconfig.json']],
  ['unused code', bin('knip'), []],
];

let failed = 0;
for (const [what, command, args] of checks) {
  const began = performance.now();
  const result = spawnSync(command, args, { cwd: root, encoding: 'utf8' });
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  process.stdout.write(`${result.status === 0 ? '✓' : '✗'} ${what} (${seconds} s)\n`);
  if (result.status === 0) continue;
  failed += 1;
  process.stdout.write(`${result.stdout}${result.stderr}\n`);
}
process.exit(failed === 0 ? 0 : 1);
