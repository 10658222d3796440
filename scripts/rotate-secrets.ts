import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateSealingPair, readSealingKey } from '@devsphere/shared/crypto/sealing-keys.ts';
import { openDatabase } from '@devsphere/shared/db/database.ts';
import { asSystem } from '@devsphere/shared/db/doors.ts';
import { startBoss } from '@devsphere/shared/queue/boss.ts';
import { serviceQueues } from '@devsphere/shared/queue/service-queues.ts';
import { type UpkeepPayload, upkeepPayloadVersion } from '@devsphere/shared/queue/upkeep-queue.ts';
import { addressesOf, readSettings } from './system/settings.ts';

/**
 * Rotates the key that sealed secrets are wrapped with. With `--new-key` it makes a pair; without, it lets a worker wrap
 * everything again under the newest key of this environment and waits until nothing is left under an older one.
 */
const settings = readSettings(process.env);
const say = (line: string) => process.stdout.write(`${line}\n`);
const lookMilliseconds = 500;
const patienceMilliseconds = 10 * 60_000;

if (process.argv.includes('--new-key')) makeKey();
else await wrapAgain();

function makeKey(): void {
  const { publicKey, privateKey } = generateSealingPair();
  const privateKeys = `${privateKey},${settings.sealing.privateKeys}`;
  const file = join(settings.DEVSPHERE_HOME, 'sealing-keys.json');
  if (process.env.SECRETS_PUBLIC_KEY || !existsSync(file)) {
    say(`Set these where the processes get their settings, workers first:
SECRETS_PRIVATE_KEYS=${privateKeys}
SECRETS_PUBLIC_KEY=${publicKey}`);
  } else {
    const before = JSON.parse(readFileSync(file, 'utf8'));
    writeFileSync(file, JSON.stringify({ ...before, publicKey, privateKeys }, null, 2), {
      mode: 0o600,
    });
    say(`A new key is the first in ${file}; the ones before still open what they sealed.`);
  }
  say('Restart, then run this again without --new-key. After that the older private keys may go.');
}

async function wrapAgain(): Promise<void> {
  const { appDatabase: url } = addressesOf(settings);
  const newest = readSealingKey(settings.sealing.publicKey).id;
  const onError = (error: Error) => say(error.message);
  const database = openDatabase({ url, name: 'script', maxConnections: 1, onError });
  const boss = await startBoss({
    url,
    name: 'script',
    maxConnections: 1,
    supervise: false,
    onError,
  });
  const left = () =>
    asSystem(database, 'count what an older key wraps', async (tx) => {
      const { rows } = await tx.query<{ n: number }>(
        `select ((select count(*) from integrations where key_id <> $1)
               + (select count(*) from webhook_secrets where key_id <> $1))::int as n`,
        [newest],
      );
      return rows[0]?.n ?? 0;
    });
  try {
    const payload: UpkeepPayload = { version: upkeepPayloadVersion, job: 'secret-rotation' };
    await boss.send(serviceQueues.upkeep.name, payload);
    let count = await left();
    say(`${count} sealed secrets are under an older key.`);
    const until = Date.now() + patienceMilliseconds;
    while (count > 0 && Date.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, lookMilliseconds));
      count = await left();
    }
    if (count > 0) {
      say(`${count} are left: no worker runs, or none has the keys that opened them.`);
      process.exitCode = 1;
    } else say('Every sealed secret is under the newest key.');
  } finally {
    await boss.stop({ graceful: false });
    await database.close();
  }
}
