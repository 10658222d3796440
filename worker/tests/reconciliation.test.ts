import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { apportion, type Sharer } from '../src/upkeep/reconciliation/apportion.ts';
import { divide } from '../src/upkeep/reconciliation/divide.ts';
import { judgeWindow } from '../src/upkeep/reconciliation/judge-window.ts';
import {
  add,
  noTokens,
  parts,
  promptParts,
  type TokenCounts,
} from '../src/upkeep/reconciliation/token-counts.ts';
import type { UnknownCall } from '../src/upkeep/reconciliation/unknown-calls.ts';

const amounts = fc.integer({ min: 0, max: 1_000_000 });
const counts = fc.record({
  input: amounts,
  write5m: amounts,
  write1h: amounts,
  read: amounts,
  output: amounts,
});
const sharer: fc.Arbitrary<Sharer> = fc.record({
  known: fc.option(counts),
  again: fc.option(counts),
});
const sum = (shares: Array<TokenCounts | null>) =>
  shares.reduce<TokenCounts>((total, share) => add(total, share ?? noTokens), noTokens);

test('a division adds up to what was divided, whatever the weights', () => {
  fc.assert(
    fc.property(amounts, fc.array(amounts, { minLength: 1, maxLength: 20 }), (total, weights) => {
      const divided = divide(total, weights);
      expect(divided.reduce((all, part) => all + part, 0)).toBe(total);
      expect(divided.every((part) => Number.isInteger(part) && part >= 0)).toBe(true);
    }),
  );
});

describe('several calls that share a bill', () => {
  test('get all of it together, as long as one of them told nothing of its prompt', () => {
    fc.assert(
      fc.property(counts, fc.array(sharer, { maxLength: 6 }), (total, sharers) => {
        const all = [...sharers, { known: null, again: null }];
        const shares = apportion(total, all);
        const billed = shares.some((share) => share !== null);
        expect(billed ? sum(shares) : { ...total, output: 0 }).toEqual(
          billed ? total : { ...noTokens },
        );
      }),
    );
  });

  test('get the prompt that they told, and never more of it than that', () => {
    fc.assert(
      fc.property(fc.array(counts, { minLength: 1, maxLength: 6 }), counts, (known, more) => {
        const sharers = known.map((one) => ({ known: one, again: null }));
        const shares = apportion(add(sum(known), more), sharers);
        for (const [index, share] of shares.entries())
          for (const part of promptParts) expect(share?.[part]).toBe(known[index]?.[part]);
      }),
    );
  });

  test('share by what the same work used another time, and pay nothing when nothing is left', () => {
    const prompt = (input: number, output = 0): TokenCounts => ({ ...noTokens, input, output });
    expect(
      apportion(prompt(300, 30), [
        { known: null, again: prompt(100, 20) },
        { known: null, again: prompt(200, 40) },
      ]),
    ).toEqual([prompt(100, 10), prompt(200, 20)]);
    expect(
      apportion(prompt(100, 7), [
        { known: prompt(100), again: null },
        { known: null, again: prompt(50, 50) },
      ]),
    ).toEqual([prompt(100, 7), null]);
  });
});

describe('a window of the report', () => {
  const patience = { settleSeconds: 10, sureSeconds: 20, estimateSeconds: 30 };
  const call = (known: TokenCounts | null = null): UnknownCall => ({
    orgId: 'o',
    id: 'c',
    model: 'm',
    startedAt: new Date(),
    endedAt: new Date(),
    known,
    again: null,
  });
  const some: TokenCounts = { ...noTokens, input: 5, output: 7 };
  const judged = (seen: Partial<Parameters<typeof judgeWindow>[0]>, secondsSinceEnd: number) =>
    judgeWindow(
      {
        calls: [call()],
        reported: some,
        ledger: noTokens,
        isClean: true,
        ...seen,
        secondsSinceEnd,
      },
      patience,
    )?.map(({ counts: booked, source }) => ({ booked, source }));

  test('gives one call all that the ledger lacks, exactly', () => {
    expect(judged({ ledger: { ...noTokens, output: 2 } }, 10)).toEqual([
      { booked: { ...some, output: 5 }, source: 'report' },
    ]);
    expect(judged({}, 9)).toBeUndefined();
  });

  test('says that nothing was billed, and divides among several, only when the report is surely complete', () => {
    expect(judged({ reported: noTokens }, 19)).toBeUndefined();
    expect(judged({ reported: noTokens }, 20)).toEqual([{ booked: null, source: 'report' }]);
    const two = { calls: [call(), call()] };
    expect(judged(two, 19)).toBeUndefined();
    expect(judged(two, 20)?.map(({ source }) => source)).toEqual(['share', 'share']);
  });

  test('that has less than the ledger, or calls over its edge, is waited for and then estimated', () => {
    const less = { reported: noTokens, ledger: { ...noTokens, input: 1 } };
    expect(judged(less, 29)).toBeUndefined();
    expect(judged(less, 30)).toEqual([{ booked: null, source: 'share' }]);
    expect(judged({ isClean: false }, 29)).toBeUndefined();
    expect(judged({ isClean: false }, 30)).toEqual([{ booked: some, source: 'share' }]);
  });

  test('never gives a call more prompt than it told: somebody else used the key', () => {
    expect(judged({ calls: [call({ ...noTokens, input: 3 })] }, 10)).toEqual([
      { booked: { ...noTokens, input: 3, output: 7 }, source: 'share' },
    ]);
  });

  test('names every part of a bill', () => {
    expect(new Set([...promptParts, 'output'])).toEqual(new Set(parts));
  });
});
