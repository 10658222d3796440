import type { Cell } from '../e2e/faults/cell.ts';
import { type Disturbance, disturbances } from '../e2e/faults/disturbances.ts';
import { poisonWorker } from '../e2e/faults/lab/worker-process.ts';
import { drain, submitLoad } from '../e2e/faults/load.ts';
import { lasting } from '../e2e/faults/pause.ts';
import { logsOf, runCell } from '../e2e/faults/run-cell.ts';
import { startTestServer } from '../shared/src/testing/start-test-server.ts';

/** Load with one random fault a minute: `npm run soak -- [minutes] [seed]`. */
const [minutes = '10', seed = String(Date.now() % 2_147_483_647)] = process.argv.slice(2);
const say = (line: string) => process.stdout.write(`${line}\n`);
const tasksAMinute = 100;

const soak: Cell = {
  name: `soak of ${minutes} minutes`,
  server: async () => ({ options: {}, undo: async () => {} }),
  // Poisonous tasks fail, and so do those whose answers are cut short or refused.
  endings: 'any',
  run: async ({ lab, random }) => {
    await lab.startApi({ databaseUrl: lab.proxiedUrl });
    await lab.startWorkers({
      program: poisonWorker,
      databaseUrl: lab.proxiedUrl,
      simulatorUrl: lab.proxiedProvider,
      blockedSeconds: 4,
      mostMegabytes: 160,
    });
    // Each once before any comes again.
    let left: Disturbance[] = [];
    for (let minute = 1; minute <= Number(minutes); minute++) {
      if (left.length === 0) left = [...disturbances];
      const [disturbance] = left.splice(Math.floor(random() * left.length), 1);
      if (!disturbance) throw new Error('there are disturbances');
      say(`minute ${minute}: ${disturbance.name}`);
      const load = submitLoad(lab, tasksAMinute, { prefix: `minute-${minute}`, overSeconds: 40 });
      await lasting(10);
      await disturbance.make(lab, random);
      await Promise.all([load, lasting(45)]);
    }
    await drain(lab, 180);
  },
};

say(`${minutes} minutes, seed ${seed}`);
const stopServer = await startTestServer({ durable: true });
const result = await runCell(soak, 0, Number(seed));
await stopServer();
for (const fact of result.facts) say(fact);
for (const line of result.broken) say(`BROKEN  ${line}`);
if (!result.survived) say(`logs: ${logsOf(soak)}`);
say(
  `tasks ${result.tasks}, lost ${result.lost}, doubled ${result.doubled}, ledger difference ${result.ledgerDifference}`,
);
process.exit(result.survived ? 0 : 1);
