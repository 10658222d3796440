import type { Page } from 'playwright-core';
import type { Benchmark } from '../benchmark.ts';
import { type NotifyRoundTrip, openNotifyRoundTrip } from '../lab/notify-round-trip.ts';
import {
  freePorts,
  openWholeSystem,
  type SignedIn,
  signIn,
  type WholeSystem,
} from '../lab/whole-system.ts';
import { median, quantile } from '../statistics.ts';
import { openTap, type Tap } from './tap.ts';
import { watchAnswer } from './watch-answer.ts';

/** The pace of a model that writes fast. */
const tokensPerSecond = 80;
const levels = [1, 8] as const;
const rounds = 3;
const wantedMilliseconds = 80;

/** How long a token travels from the simulator through worker, database, API and web to a browser. */
export const streamBenchmark: Benchmark = {
  title: 'stream: a token reaches the reader',
  run: async (lab) => {
    const ports = await freePorts();
    const tap = await openTap(`http://127.0.0.1:${ports.simulator}`);
    const system = await openWholeSystem(lab.say, ports, { ANTHROPIC_BASE_URL: tap.url });
    const roundTrip = await openNotifyRoundTrip(system.at.appDatabase);
    try {
      await pace(system, tokensPerSecond);
      const reader = await signIn(system, {
        email: 'reader@example.test',
        password: 'a-long-password',
        displayName: 'Reader',
      });
      const pages = await openPages(system, reader, Math.max(...levels));
      let streams = 0;
      const stream = (page: Page) => watchOne(system, reader, page, tap, ++streams);
      for (const page of pages) await stream(page);
      await system.admin.query('analyze');
      const results = levels.map((level) => ({ level, delays: [] as number[] }));
      const trips: number[] = [];
      for (let round = 0; round < rounds; round++) {
        for (const { level, delays } of results) {
          lab.say(`   round ${round + 1} of ${rounds}, ${level} at once …`);
          const watching = Promise.all(pages.slice(0, level).map(stream));
          trips.push(...(await tripsDuring(roundTrip, watching)));
          delays.push(...(await watching).flat());
        }
      }
      return report(results, median(trips));
    } finally {
      await roundTrip.close();
      await system.close();
      await tap.close();
    }
  },
};

/** A browser gives one site six connections: each reader has a window of its own. */
async function openPages(system: WholeSystem, reader: SignedIn, count: number): Promise<Page[]> {
  const storageState = await reader.window.storageState();
  return Promise.all(
    Array.from({ length: count }, async () => {
      const page = await (await system.browser.newContext({ storageState })).newPage();
      // Public, and without a stream of its own.
      await page.goto(`${system.at.web}/status`);
      return page;
    }),
  );
}

async function watchOne(
  { at }: WholeSystem,
  { orgId, slug, token }: SignedIn,
  page: Page,
  tap: Tap,
  stream: number,
): Promise<number[]> {
  const mark = `[stream ${stream}]`;
  const response = await fetch(`${at.api}/v1/orgs/${orgId}/tasks`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      kind: 'assistant.prompt',
      input: { prompt: `${mark} Explain how a durable queue keeps work from being lost.` },
    }),
  });
  if (response.status !== 201) throw new Error(await response.text());
  const { id } = (await response.json()) as { id: string };
  return watchAnswer(page, `/${slug}/tasks/${id}/events`, () => tap.departures(mark));
}

async function pace({ at, settings }: WholeSystem, tokensASecond: number): Promise<void> {
  const response = await fetch(`${at.simulator}/_control/pace`, {
    method: 'PUT',
    headers: { 'x-control-token': settings.secrets.control },
    body: JSON.stringify({ tokens_per_second: tokensASecond, first_token_ms: 50 }),
  });
  if (!response.ok) throw new Error(await response.text());
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
        title: `simulator → browser, ${tokensPerSecond} tokens a second each (NOTIFY round trip p50 ${trip.toFixed(2)} ms)`,
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
