import { probeSeconds } from '@devsphere/shared/contracts/status.ts';
import type { Database } from '@devsphere/shared/db/database.ts';
import { asSystem } from '@devsphere/shared/db/doors.ts';
import type { UpkeepJob } from '../upkeep-job.ts';
import type { Finding, Probe } from './probe.ts';

const deadlineMilliseconds = 5_000;

type Sample = Finding & { component: string; latencyMs: number };

/** The upkeep job that looks at every component and stores what it saw. */
export function statusProbes(database: Database, probes: Probe[]): UpkeepJob {
  return {
    name: 'status-probes',
    everySeconds: probeSeconds,
    runOnce: async () => {
      const samples = await Promise.all(probes.map(take));
      await store(database, samples);
      return {
        probed: samples.length,
        troubled: samples.filter(({ state }) => state !== 'operational').length,
      };
    },
  };
}

/** Never rejects: a probe that fails or is too slow has seen an outage. */
async function take({ component, look }: Probe): Promise<Sample> {
  const began = performance.now();
  const signal = AbortSignal.timeout(deadlineMilliseconds);
  const finding = await Promise.race([
    look(signal).catch((): Finding => ({ state: 'outage', detail: 'Does not answer.' })),
    new Promise<Finding>((resolve) => {
      signal.addEventListener('abort', () =>
        resolve({ state: 'outage', detail: 'Does not answer in time.' }),
      );
    }),
  ]);
  return { ...finding, component, latencyMs: Math.round(performance.now() - began) };
}

async function store(database: Database, samples: Sample[]): Promise<void> {
  const states = samples.map(({ state }) => state);
  await asSystem(database, 'store status samples', (tx) =>
    Promise.all([
      tx.query(
        `insert into status_samples (component, state, latency_ms, detail)
         select * from unnest($1::text[], $2::text[], $3::int[], $4::text[]) on conflict do nothing`,
        [
          samples.map(({ component }) => component),
          states,
          samples.map(({ latencyMs }) => latencyMs),
          samples.map(({ detail }) => detail),
        ],
      ),
      tx.query(
        `insert into status_days as d (component, day, operational, degraded, outage)
         select component, (now() at time zone 'UTC')::date, (state = 'operational')::int, (state = 'degraded')::int, (state = 'outage')::int
         from unnest($1::text[], $2::text[]) as s (component, state)
         on conflict (component, day) do update set operational = d.operational + excluded.operational,
           degraded = d.degraded + excluded.degraded, outage = d.outage + excluded.outage`,
        [samples.map(({ component }) => component), states],
      ),
      tx.query(`delete from status_samples where at < now() - interval '2 days'`),
    ]),
  );
}
