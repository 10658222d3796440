import { submitTask } from '../../shared/src/commands/submit-task.ts';
import { contextOf, signUp, type TestPerson, tokenOf } from '../../shared/src/testing/people.ts';
import { createTestDatabase, type TestDatabase } from '../../shared/src/testing/test-database.ts';
import type { Benchmark, Report } from '../benchmark.ts';
import { Child } from '../lab/child.ts';
import { makePlansGenerous } from '../lab/generous-plans.ts';
import type { Lab } from '../lab/lab.ts';
import { quantile } from '../statistics.ts';
import { openTap, type Tap } from '../stream/tap.ts';
import { openQuietClients } from './quiet-clients.ts';
import { readStream } from './read-stream.ts';

const streams = 200;
/** Makes about 40 pieces of an answer in 13 seconds. */
const tokensPerSecond = 12;
const wantedMilliseconds = 250;
const quietClients = 1_000;
const wantedMegabytes = 150;

/** Many at once through one worker and one API process: their delay, and what quiet ones weigh. */
export const streamsBenchmark: Benchmark = {
  title: `streams: ${streams} at once, and ${quietClients} quiet ones`,
  run: async (lab) => {
    const test = await createTestDatabase();
    const person = await signUp(test, 'bench');
    await makePlansGenerous(test.admin);
    const simulator = await Child.start('simulator.ts', [String(tokensPerSecond)]);
    const tap = await openTap(simulator.detail);
    const worker = await Child.start('our-worker.ts', [test.url, tap.url, String(streams)]);
    const api = await Child.start('our-api.ts', [test.url]);
    try {
      // Once to be warm: plans are made, tables have statistics.
      await streamAll(lab, test, person, api.detail, tap, 20);
      await test.admin.query('analyze');
      const delays = await streamAll(lab, test, person, api.detail, tap, streams);
      const quiet = await weighQuiet(lab, test, person, api);
      return {
        tables: [delays.table, quiet.table],
        thresholds: [delays.threshold, quiet.threshold],
      };
    } finally {
      await worker.child.stop();
      await api.child.stop();
      await simulator.child.stop();
      await tap.close();
      await test.close();
    }
  },
};

type Part = { table: Report['tables'][number]; threshold: Report['thresholds'][number] };

let marks = 0;

async function streamAll(
  lab: Lab,
  test: TestDatabase,
  person: TestPerson,
  api: string,
  tap: Tap,
  count: number,
): Promise<Part> {
  lab.say(`   ${count} streams …`);
  const token = await tokenOf(person);
  const all = await Promise.all(
    Array.from({ length: count }, async () => {
      const mark = `[stream ${++marks}]`;
      const { task } = await submitTask(contextOf(test, person), {
        kind: 'assistant.prompt',
        input: { prompt: `${mark} Explain how a durable queue keeps work from being lost.` },
        orgId: person.orgId,
        idempotencyKey: null,
      });
      const arrivals = await readStream(
        `${api}/v1/orgs/${person.orgId}/tasks/${task.id}/events`,
        token,
      );
      const left = tap.departures(mark);
      const [sent, came] = [left.at(-1)?.end ?? 0, arrivals.at(-1)?.end ?? 0];
      if (sent !== came || sent === 0) throw new Error(`${sent} characters left, ${came} arrived`);
      return left.map(
        ({ end, at }) => (arrivals.find((piece) => piece.end >= end)?.at ?? Number.NaN) - at,
      );
    }),
  );
  const delays = all.flat();
  const p95 = quantile(delays, 0.95);
  return {
    table: {
      title: `model → reader, ${(delays.length / count).toFixed(0)} pieces each`,
      head: ['at once', 'pieces', 'p50 ms', 'p95 ms', 'p99 ms'],
      rows: [
        [
          String(count),
          String(delays.length),
          ...[0.5, 0.95, 0.99].map((share) => quantile(delays, share).toFixed(0)),
        ],
      ],
    },
    threshold: {
      what: `delay of a piece of text, ${count} streams at once, p95`,
      wanted: `≤ ${wantedMilliseconds} ms`,
      seen: `${p95.toFixed(0)} ms`,
      met: p95 <= wantedMilliseconds,
    },
  };
}

/** What an API process holds for clients whose tasks say nothing. */
async function weighQuiet(
  lab: Lab,
  test: TestDatabase,
  person: TestPerson,
  api: { child: Child; detail: string },
): Promise<Part> {
  lab.say(`   ${quietClients} quiet clients …`);
  const { task } = await submitTask(contextOf(test, person), {
    kind: 'assistant.prompt',
    input: { prompt: 'Later.' },
    runAt: new Date(Date.now() + 3_600_000).toISOString(),
    orgId: person.orgId,
    idempotencyKey: null,
  });
  const before = await api.child.memoryBytes();
  const url = `${api.detail}/v1/orgs/${person.orgId}/tasks/${task.id}/events`;
  const clients = await openQuietClients(url, await tokenOf(person), quietClients);
  try {
    // Long enough for every one to have been looked at again, twice.
    await new Promise((resolve) => setTimeout(resolve, 10_000));
    const megabytes = ((await api.child.memoryBytes()) - before) / 2 ** 20;
    return {
      table: {
        title: 'an API process with quiet streams',
        head: ['open', 'more memory, MB', 'kB each'],
        rows: [
          [
            String(quietClients),
            megabytes.toFixed(0),
            ((megabytes * 1024) / quietClients).toFixed(0),
          ],
        ],
      },
      threshold: {
        what: `memory for ${quietClients} idle SSE clients`,
        wanted: `≤ ${wantedMegabytes} MB`,
        seen: `${megabytes.toFixed(0)} MB`,
        met: megabytes <= wantedMegabytes,
      },
    };
  } finally {
    clients.close();
  }
}
