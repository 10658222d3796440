import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** How secrets look: API keys, signing secrets of webhooks, keys of a model's provider, access tokens. */
export const secrets =
  /ds_live_\w{8}_\w{38}|whsec_[\w+/=]{20,}|sk-ant-[\w-]{16,}|eyJ[\w-]{10,}\.eyJ[\w-]{10,}/g;

/** What the people of the browser tests sign in with. */
const passwords = /a-long-password/g;

/** Secrets in the logs of a system's services, one short line each. */
export function secretsInLogs(folder: string): string[] {
  return readdirSync(folder).flatMap((file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    return [...text.matchAll(secrets), ...text.matchAll(passwords)].map(
      ({ 0: secret }) => `${file} has ${secret.slice(0, 12)}…`,
    );
  });
}
