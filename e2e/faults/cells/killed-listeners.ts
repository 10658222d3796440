import type { Cell } from '../cell.ts';
import { follow } from '../follow.ts';
import type { Lab } from '../lab/lab.ts';
import { submitLoad } from '../load.ts';
import { lasting } from '../pause.ts';

const rounds = 10;
const mostReaders = 30;
const pickUpSeconds = 2;

/** The connections that notifications arrive on end again and again, at workers and at the API, under people who look on. */
const listenersKilled: Cell = {
  name: `LISTEN connection killed x${rounds}`,
  run: async ({ lab, tasks, note }) => {
    await lab.startWorkers();
    // Fewer than there are slots, so that waiting is waiting for a notification.
    const load = submitLoad(lab, tasks, { overSeconds: Math.max(10, tasks / 12) });
    const readers: ReturnType<typeof follow>[] = [];
    let killed = 0;
    for (let round = 0; round < rounds; round++) {
      await lasting(0.8);
      for (const { key, taskId } of submitted(lab).slice(readers.length, mostReaders)) {
        const tenant = lab.tenants[Number(key.split('-')[1]) % lab.tenants.length];
        if (tenant) readers.push(follow(tenant, taskId));
      }
      const { rowCount } = await lab.system.db.admin.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and application_name like '%-listen'`,
      );
      killed += rowCount ?? 0;
    }
    await load;
    const followed = await Promise.all(readers);
    const latest = Math.max(...followed.map(({ latestSeconds }) => latestSeconds));
    const { rows } = await lab.system.db.admin.query<{ seconds: number }>(
      // One that is debounced waits on purpose.
      'select max(extract(epoch from started_at - created_at))::float8 as seconds from public.tasks where debounce_key is null',
    );
    const pickUp = rows[0]?.seconds ?? Number.POSITIVE_INFINITY;
    note(`${killed} killed, ${readers.length} readers, latest event after ${latest.toFixed(2)} s`);
    note(`latest pick-up after ${pickUp.toFixed(2)} s`);
    if (readers.length === 0 || killed < rounds) throw new Error('nobody was listening');
    if (!(pickUp <= pickUpSeconds)) throw new Error(`a task was picked up after ${pickUp} s`);
  },
};

/** In the order in which they were taken; a reader begins with the next one. */
const submitted = ({ commands }: Lab) => commands.filter(({ key }) => /^load-\d+$/.test(key));

export const killedListeners: Cell[] = [listenersKilled];
