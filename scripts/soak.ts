import type { Cell } from '../e2e/faults/cell.ts';
import { submitLoad } from '../e2e/faults/load.ts';
import { lasting } from '../e2e/faults/pause.ts';
import { runCell } from '../e2e/faults/run-cell.ts';
import { startTestServer } from '../shared/src/testing/start-test-server.ts';

/** Load with one random fault a minute: `npm run soak -- [minutes] [seed]`. */
const [minutes = '10', seed = String(Date.now() % 2_147_483_647)] = process.argv.slice(2);
const say = (line: string) => process.stdout.write(`${line}\n`);

const soak: Cell = {
  name: `${minutes} minutes`,
  run: async ({ lab, random }) => {
    const worker = () => lab.startWorker({ databaseUrl: lab.proxiedUrl });
    await Promise.all([worker(), worker()]);
    const faults: Record<string, () => Promise<void>> = {
      'a worker is killed': async () => {
        await lab.workers.find(({ ended }) => !ended)?.end('SIGKILL');
        await worker();
      },
      'a worker is stopped in order': async () => {
        await worker();
        await lab.workers.find(({ ended }) => !ended)?.end('SIGTERM');
      },
      'every connection to the database is cut': async () => lab.proxy.cut(),
      'the database is away for 10 s': async () => {
        lab.proxy.down();
        await lasting(10);
        lab.proxy.heal();
      },
      'Claude is overloaded': () =>
        lab.control('POST', 'faults', { kind: 'status', status: 529, times: 10 }),
      'Claude cuts its streams': () =>
        lab.control('POST', 'faults', { kind: 'cut', after_tokens: 5, times: 5 }),
    };
    for (let minute = 1; minute <= Number(minutes); minute++) {
      const names = Object.keys(faults);
      const name = names[Math.floor(random() * names.length)] ?? '';
      say(`minute ${minute}: ${name}`);
      await Promise.all([
        submitLoad(lab, 100, { prefix: `minute-${minute}` }),
        lasting(15).then(() => faults[name]?.()),
        lasting(60),
      ]);
    }
  },
};

say(`${minutes} minutes, seed ${seed}`);
const stopServer = await startTestServer({ durable: true });
const result = await runCell(soak, 0, Number(seed));
await stopServer();
for (const line of result.broken) say(`BROKEN  ${line}`);
say(
  `tasks ${result.tasks}, lost ${result.lost}, doubled ${result.doubled}, ledger difference ${result.ledgerDifference}`,
);
process.exit(result.survived ? 0 : 1);
