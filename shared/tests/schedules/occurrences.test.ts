import { describe, expect, test } from '@jest/globals';
import { cronProblem } from '../../src/schedules/cron.ts';
import { cronFields } from '../../src/schedules/cron-field.ts';
import { latestOccurrence, nextOccurrences } from '../../src/schedules/occurrences.ts';
import { isTimeZone } from '../../src/schedules/time-zone.ts';
import { cronInWords } from '../../src/schedules/words.ts';

const after = (cron: string, timeZone: string, from: string, count: number) =>
  nextOccurrences({ cron, timeZone }, new Date(from), count).map((at) =>
    at.toISOString().slice(0, 16),
  );

/** Numbers from 0 to below 1 that are the same in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

function randomField(random: () => number, { from, to }: (typeof cronFields)[number]): string {
  const value = () => from + Math.floor(random() * (to - from + 1));
  const step = () => 1 + Math.floor(random() * 12);
  const [low, high] = [value(), value()].sort((a, b) => a - b);
  const shapes = ['*', `*/${step()}`, `${value()}`, `${low}-${high}`, `${low}-${high}/${step()}`];
  const part = () => shapes[Math.floor(random() * shapes.length)] ?? '*';
  return random() < 0.2 ? `${part()},${value()}` : part();
}

describe('when clocks go forward', () => {
  test.each([
    // Berlin, 2027-03-28: 02:00 becomes 03:00 (01:00 UTC).
    ['30 2 * * *', 'Europe/Berlin', '2027-03-27T12:00Z', ['2027-03-28T01:00', '2027-03-29T00:30']],
    ['0 3 * * *', 'Europe/Berlin', '2027-03-27T12:00Z', ['2027-03-28T01:00', '2027-03-29T01:00']],
    // New York, 2027-03-14: 02:00 becomes 03:00 (07:00 UTC).
    [
      '30 2 * * *',
      'America/New_York',
      '2027-03-13T12:00Z',
      ['2027-03-14T07:00', '2027-03-15T06:30'],
    ],
    // Lord Howe, 2027-10-03: 02:00 becomes 02:30 (15:30 UTC the day before).
    [
      '15 2 * * *',
      'Australia/Lord_Howe',
      '2027-10-02T12:00Z',
      ['2027-10-02T15:30', '2027-10-03T15:15'],
    ],
  ])(
    '%s in %s: a time that does not exist fires once, at the moment after the gap',
    (cron, zone, from, expected) => {
      expect(after(cron, zone, from, 2)).toEqual(expected);
    },
  );

  test('several times inside the gap fire once together', () => {
    expect(after('0,15,30,45 2 * * *', 'Europe/Berlin', '2027-03-27T12:00Z', 2)).toEqual([
      '2027-03-28T01:00',
      '2027-03-29T00:00',
    ]);
  });

  test('every hour goes on every hour', () => {
    expect(after('30 * * * *', 'Europe/Berlin', '2027-03-28T00:00Z', 3)).toEqual([
      '2027-03-28T00:30',
      '2027-03-28T01:30',
      '2027-03-28T02:30',
    ]);
  });
});

describe('when clocks go back', () => {
  test.each([
    // Berlin, 2027-10-31: 03:00 becomes 02:00 (01:00 UTC).
    ['30 2 * * *', 'Europe/Berlin', '2027-10-30T12:00Z', ['2027-10-31T00:30', '2027-11-01T01:30']],
    // New York, 2027-11-07: 02:00 becomes 01:00 (06:00 UTC).
    [
      '30 1 * * *',
      'America/New_York',
      '2027-11-06T12:00Z',
      ['2027-11-07T05:30', '2027-11-08T06:30'],
    ],
    // Lord Howe, 2027-04-04: 02:00 becomes 01:30 (15:00 UTC the day before).
    [
      '45 1 * * *',
      'Australia/Lord_Howe',
      '2027-04-03T12:00Z',
      ['2027-04-03T14:45', '2027-04-04T15:15'],
    ],
  ])(
    '%s in %s: a time that comes twice fires once, the first time',
    (cron, zone, from, expected) => {
      expect(after(cron, zone, from, 2)).toEqual(expected);
    },
  );

  test('asked during the second pass, the next one is the day after', () => {
    expect(after('30 2 * * *', 'Europe/Berlin', '2027-10-31T01:10Z', 1)).toEqual([
      '2027-11-01T01:30',
    ]);
  });

  test('every quarter of an hour is not silent in the repeated hour', () => {
    const found = after('*/15 * * * *', 'Europe/Berlin', '2027-10-30T23:59Z', 12);
    expect(found[0]).toBe('2027-10-31T00:00');
    expect(found.at(-1)).toBe('2027-10-31T02:45');
  });
});

describe('an expression', () => {
  test.each([
    ['61 * * * *', /61.*minute: use 0 to 59/],
    ['14-60/7 * * * *', /60.*minute: use 0 to 59/],
    ['* */24 * * *', /step of the field hour is 1 to 23/],
    ['*/0 * * * *', /step/],
    ['5/10 * * * *', /a step needs a range/],
    ['0 0 0 * *', /day of the month: use 1 to 31/],
    ['0 0 * * 5-1', /runs backwards/],
    ['0,, * * * *', /does not fit/],
    ['0 0 31 2 *', /never fires/],
    ['0 0 30 feb *', /never fires/],
    ['* * * * * *', /five fields/],
    ['* * * *', /five fields/],
    ['@daily', /five fields/],
    ['', /five fields/],
    ['0 0 L * *', /field day of the month/],
    ['0 x * * *', /field hour/],
    ['0 0 * * MON#1', /field day of the week/],
  ])('%p is refused with a sentence', (cron, message) => {
    expect(cronProblem(cron)).toMatch(message);
  });

  test.each([
    '* * * * *',
    '0 9 * * MON-FRI',
    '0 0 29 2 *',
    '5,35 */2 1-15 jan,jul *',
    '0 0 * * 5-7',
  ])('%p is accepted and has words', (cron) => {
    expect(cronProblem(cron)).toBeUndefined();
    expect(cronInWords(cron).length).toBeGreaterThan(5);
  });

  test('whatever is accepted has words and a next run, on the minute and in order', () => {
    const random = seeded(7);
    let accepted = 0;
    for (let index = 0; index < 1_500; index += 1) {
      const cron = cronFields.map((field) => randomField(random, field)).join(' ');
      if (cronProblem(cron)) continue;
      accepted += 1;
      expect(cronInWords(cron).length).toBeGreaterThan(5);
      const runs = nextOccurrences({ cron, timeZone: 'Europe/Berlin' }, new Date(index * 4e8), 2);
      const [first = 0, second = 0] = runs.map((at) => at.getTime());
      expect({ cron, onTheMinute: first % 60_000, ordered: first < second }).toEqual({
        cron,
        onTheMinute: 0,
        ordered: true,
      });
    }
    expect(accepted).toBeGreaterThan(300);
  });

  test('Sunday is 0 and 7', () => {
    const sundays = after('0 0 * * 0', 'UTC', '2026-11-23T00:00Z', 3);
    expect(after('0 0 * * 7', 'UTC', '2026-11-23T00:00Z', 3)).toEqual(sundays);
    expect(after('0 0 * * SUN', 'UTC', '2026-11-23T00:00Z', 3)).toEqual(sundays);
    expect(after('0 0 * * 6-7', 'UTC', '2026-11-23T00:00Z', 2)).toContain(sundays[0]);
  });

  test('29 February fires in leap years only', () => {
    expect(after('0 0 29 2 *', 'UTC', '2026-01-01T00:00Z', 2)).toEqual([
      '2028-02-29T00:00',
      '2032-02-29T00:00',
    ]);
  });
});

test.each([
  ['Europe/Berlin', true],
  ['UTC', true],
  ['Mars/Olympus', false],
  ['+02:00', false],
  ['', false],
  ['x'.repeat(100), false],
])('%p is a time zone: %p', (name, known) => {
  expect(isTimeZone(name)).toBe(known);
});

describe('after downtime', () => {
  test.each([
    ['* * * * *', '2027-01-01T00:00Z', '2027-03-01T12:00:30Z', '2027-03-01T12:00'],
    ['0 0 1 * *', '2027-01-01T00:00Z', '2027-03-15T12:00:00Z', '2027-03-01T00:00'],
    ['* * 1-15 * *', '2027-01-01T00:00Z', '2027-02-20T12:00:00Z', '2027-02-15T23:59'],
    ['0 9 * * *', '2027-01-01T09:00Z', '2027-01-01T09:00:01Z', '2027-01-01T09:00'],
    ['0 9 * * *', '2027-01-01T09:00Z', '2027-01-02T09:00:00Z', '2027-01-02T09:00'],
  ])('%s missed from %s to %s: the latest is %s', (cron, due, now, expected) => {
    const found = latestOccurrence({ cron, timeZone: 'UTC' }, new Date(due), new Date(now));
    expect(found.toISOString().slice(0, 16)).toBe(expected);
  });
});
