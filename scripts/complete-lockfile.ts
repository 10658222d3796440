import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Lockfile, missingFromLock } from './system/lockfile.ts';
import { root } from './system/settings.ts';

/**
 * Run after `npm install`: npm leaves optional packages of other platforms out of the lockfile when the registry at hand
 * does not serve them, and `npm ci` then refuses the file everywhere. Adds them by name and version; the platform comes
 * from the name, so that nobody downloads what can't run.
 */
const file = join(root, 'package-lock.json');
const lock = JSON.parse(readFileSync(file, 'utf8')) as Lockfile;
const missing = missingFromLock(lock);
for (const { name, version, dev } of missing) {
  lock.packages[`node_modules/${name}`] = {
    version,
    ...(dev ? { dev } : {}),
    optional: true,
    ...platformOf(name),
  };
}
const sorted = Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1));
writeFileSync(
  file,
  `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`,
);
process.stdout.write(`${missing.length} packages of other platforms added.\n`);

function platformOf(name: string): { os?: string[]; cpu?: string[]; libc?: string[] } {
  const words = name.split(/[-/@._]/);
  const os =
    ['darwin', 'linux', 'win32', 'android', 'freebsd', 'openharmony'].find((system) =>
      words.includes(system),
    ) ?? (words.includes('windows') ? 'win32' : undefined);
  const cpu = ['arm64', 'x64', 'arm', 'ia32', 'ppc64', 's390x', 'riscv64', 'loong64'].find(
    (processor) => words.includes(processor),
  );
  return {
    ...(cpu ? { cpu: [cpu] } : {}),
    ...(os ? { os: [os] } : {}),
    ...(words.includes('musl') ? { libc: ['musl'] } : {}),
  };
}
