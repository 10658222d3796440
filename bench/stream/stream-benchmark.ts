import { startApi } from '../../api/src/start-api.ts';
import { createTokenVerifier } from '../../shared/src/auth/verify-token.ts';
import { createLogger } from '../../shared/src/log.ts';
import { tokenOf } from '../../shared/src/testing/people.ts';
import { testSealing } from '../../shared/src/testing/test-sealing.ts';
import { testServer } from '../../shared/src/testing/test-server.ts';
import type { Benchmark } from '../benchmark.ts';
import { Child } from '../lab/child.ts';
import { type NotifyRoundTrip, openNotifyRoundTrip } from '../lab/notify-round-trip.ts';
import { median, quantile } from '../statistics.ts';
import { openOurs } from '../submitters/ours.ts';
import { openTap, type Tap } from './tap.ts';
import { watchAnswer } from './watch-answer.ts';

/** The pace of a model that writes fast. */
const tokensPerSecond = 80;
const levels = [1, 8] as const;
const rounds = 3;
const wantedMilliseconds = 80;

/** How long a token travels from the simulator through worker, database and API to a client's socket. */
export const streamBenchmark: Benchmark = {
  title: 'stream: a token reaches the reader',
  run: async (lab) => {
    const simulator = await Child.start('simulator.ts', [String(tokensPerSecond)]);
    const tap = await openTap(simulator.detail);
    const ours = await openOurs(4);
    const worker = await Child.start('our-worker.ts', [ours.test.url, tap.url]);
    const api = await startApi({
      databaseUrl: ours.test.url,
      verifyToken: createTokenVerifier({
        supabaseUrl: 'http://127.0.0.1:9',
        jwtSecret: testServer.jwtSecret,
      }),
      host: '127.0.0.1',
      port: 0,
      outgoing: { sealingKey: testSealing.sealingKey(), allowPrivateAddresses: false },
      log: createLogger('bench-api', 'silent'),
    });
    const roundTrip = await openNotifyRoundTrip(ours.test.url);
    try {
      const tasksUrl = `${api.url}/v1/orgs/${ours.person.orgId}/tasks`;
      const token = await tokenOf(ours.person);
      const stream = streamer(tasksUrl, token, tap);
      await stream();
      await ours.analyze();
      const results = levels.map((level) => ({ level, delays: [] as number[] }));
      const trips: number[] = [];
      for (let round = 0; round < rounds; round++) {
        for (const { level, delays } of results) {
          lab.say(`   round ${round + 1} of ${rounds}, ${level} at once …`);
          const watching = Promise.all(Array.from({ length: level }, stream));
          trips.push(...(await tripsDuring(roundTrip, watching)));
          delays.push(...(await watching).flat());
        }
      }
      return report(results, median(trips));
    } finally {
      await roundTrip.close();
      await worker.child.stop();
      await api.stop();
      await ours.close();
      await tap.close();
      await simulator.child.stop();
    }
  },
};

function streamer(tasksUrl: string, token: string, tap: Tap): () => Promise<number[]> {
  let streams = 0;
  return async () => {
    streams += 1;
    const mark = `[stream ${streams}]`;
    const response = await fetch(tasksUrl, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        kind: 'assistant.prompt',
        input: { prompt: `${mark} Explain how a durable queue keeps work from being lost.` },
      }),
    });
    const { id } = (await response.json()) as { id: string };
    return watchAnswer(`${tasksUrl}/${id}/events`, token, () => tap.departures(mark));
  };
}

async function tripsDuring(roundTrip: NotifyRoundTrip, work: Promise<unknown>): Promise<number[]> {
  const trips: number[] = [];
  let working = true;
  const ended = work.finally(() => {
    working = false;
  });
  while (working) {
    trips.push(await roundTrip.measure());
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await ended;
  return trips;
}

function report(results: Array<{ level: number; delays: number[] }>, trip: number) {
  const row = ({ level, delays }: { level: number; delays: number[] }) => [
    `${level} at once`,
    String(delays.length),
    ...[0.5, 0.95, 0.99].map((share) => quantile(delays, share).toFixed(1)),
    (median(delays) / trip).toFixed(1),
  ];
  return {
    tables: [
      {
        title: `simulator → client of the API, ${tokensPerSecond} tokens a second each (NOTIFY round trip p50 ${trip.toFixed(2)} ms)`,
        head: ['answers', 'pieces', 'p50 ms', 'p95 ms', 'p99 ms', 'p50 trips'],
        rows: results.map(row),
      },
    ],
    thresholds: results.map(({ level, delays }) => ({
      what: `token to the reader, ${level} at once, p50`,
      wanted: `≤ ${wantedMilliseconds} ms`,
      seen: `${median(delays).toFixed(1)} ms`,
      met: median(delays) <= wantedMilliseconds,
    })),
  };
}
