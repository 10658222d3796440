import { eventually } from '@devsphere/shared/testing/eventually.ts';
import type { Cell } from '../cell.ts';
import { submitLoad } from '../load.ts';
import { lasting } from '../pause.ts';

const noticedWithinSeconds = 30;

/** The network forgets the connections to the provider in the middle of its answers; new ones work. Workers have their own settings. */
const halfOpen: Cell = {
  name: 'half-open connections to the provider',
  run: async ({ lab, tasks, note }) => {
    await lab.control('POST', 'faults', { kind: 'slow', tokens_per_second: 15, times: 20 });
    await lab.startWorkers({ simulatorUrl: lab.proxiedProvider, idleSeconds: null });
    const load = submitLoad(lab, tasks);
    await Promise.all(lab.workers.map((worker) => worker.says('attempt started', 3)));
    await lasting(1);
    const { rows: moments } = await lab.system.db.admin.query<{ now: Date; calls: number }>(
      `select clock_timestamp() as now, count(*)::int as calls from public.llm_calls where state = 'started'`,
    );
    const forgottenAt = moments[0]?.now;
    lab.providerProxy.forget();
    await load;
    const { broken, seconds } = await eventually(
      'every forgotten call is given up',
      async () => {
        const { rows } = await lab.system.db.admin.query(
          `select count(*) filter (where state = 'started')::int as open, count(*)::int as broken,
                  max(extract(epoch from ended_at - $1))::float8 as seconds
           from public.llm_calls where started_at < $1 and coalesce(ended_at, now()) > $1 and state <> 'completed'`,
          [forgottenAt],
        );
        return rows[0].open === 0 && (rows[0] as { broken: number; seconds: number });
      },
      90_000,
    );
    note(
      `${broken} of ${moments[0]?.calls} calls forgotten, noticed within ${seconds.toFixed(1)} s`,
    );
    if (broken === 0) throw new Error('no call was under way');
    if (seconds > noticedWithinSeconds) throw new Error(`noticed after ${seconds} s only`);
  },
};

export const lostProvider: Cell[] = [halfOpen];
