import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createJudge } from '../fuzz/judge.ts';
import { type Operation, readDocument } from '../fuzz/operations.ts';
import { prepare } from '../fuzz/prepare.ts';
import { requestOf } from '../fuzz/request-of.ts';
import { send } from '../fuzz/send.ts';
import { type System, startSystem } from './start-system.ts';

// A few in every run, always the same; `npm run test:fuzz` tries many, and others each time.
const cases = Number(process.env.FUZZ_CASES ?? 12);
const seed = Number(process.env.FUZZ_SEED ?? 20_261_123);
const plenty = { points: 1_000_000, seconds: 60 };

const document = readDocument();
const judge = createJudge(document);
const answered = new Map<string, Map<number, number>>();
let system: System;
let surroundings: Awaited<ReturnType<typeof prepare>>;

beforeAll(async () => {
  system = await startSystem({
    limits: { person: plenty, apiKey: plenty, refusedToken: plenty },
  });
  surroundings = await prepare(system, document);
});
afterAll(async () => {
  await system.stop();
  if (process.env.FUZZ_CASES)
    for (const [name, statuses] of answered)
      process.stdout.write(`${name}: ${[...statuses].map(([s, n]) => `${n}× ${s}`).join(', ')}\n`);
});

function count({ method, path }: Operation, status: number): void {
  const name = `${method} ${path}`;
  const statuses = answered.get(name) ?? new Map<number, number>();
  answered.set(name, statuses.set(status, (statuses.get(status) ?? 0) + 1));
}

describe('whatever is sent to the API is answered as its document says', () => {
  for (const operation of document.operations) {
    test(
      `${operation.method} ${operation.path}`,
      async () => {
        await surroundings.refill();
        await fc.assert(
          fc.asyncProperty(
            requestOf(operation, document.components, surroundings),
            async (request) => {
              const received = await send(system.api.url, request);
              count(operation, received.status);
              expect(judge(operation, received)).toEqual([]);
            },
          ),
          { numRuns: cases, seed },
        );
      },
      20_000 + cases * 200,
    );
  }
});
