import type { Cell } from '../cell.ts';
import { keepReading } from '../keep-reading.ts';
import type { Lab } from '../lab/lab.ts';
import { submitLoad } from '../load.ts';
import { noneEnded } from '../none-ended.ts';
import { lasting } from '../pause.ts';

/** The database server itself goes down, with everything it had in memory, under an API and workers that stay. */
const stopped = (name: string, overSeconds: number, fault: (lab: Lab) => Promise<void>): Cell => ({
  name,
  server: async () => ({ options: {}, undo: async () => {} }),
  run: async ({ lab, tasks, note }) => {
    await lab.startApi();
    await lab.startWorkers();
    const reading = keepReading(lab);
    const load = submitLoad(lab, tasks, { overSeconds });
    await lasting(2);
    await fault(lab);
    const [met, { read, putOff }] = [await load, await reading()];
    note(`${met.putOff} submissions and ${putOff} of ${putOff + read} readings put off`);
    if (met.putOff + putOff === 0) throw new Error('nobody noticed that the database was away');
    noneEnded(lab);
  },
});

export const stoppedDatabase: Cell[] = [
  stopped('Postgres stopped at once x5', 15, async ({ server }) => {
    for (let round = 0; round < 5; round++) {
      await server.crash();
      await server.start();
      await lasting(2);
    }
  }),
  stopped('Postgres down for 30 s', 40, async ({ server }) => {
    await server.crash();
    await lasting(30);
    await server.start();
  }),
];
