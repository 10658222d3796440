import { spawn } from 'node:child_process';
import { join } from 'node:path';

const repository = join(import.meta.dirname, '..', '..');

/**
 * Applies the pending files of `supabase/migrations` with the official CLI, as the owner that `ownerUrl` names.
 * Throws with the CLI's own words when one fails; what had been applied before it stays applied.
 */
export async function migrate(ownerUrl: string): Promise<void> {
  const cli = join(repository, 'node_modules', '.bin', 'supabase');
  const child = spawn(cli, ['migration', 'up', '--yes', `--remote=${ownerUrl}`], {
    cwd: repository,
    env: { ...process.env, DO_NOT_TRACK: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0)
    throw new Error(`Migrations failed: ${output.replaceAll(ownerUrl, '<database>').trim()}`);
}
