import { describe, expect, it } from '@jest/globals';
import {
  formatBytes,
  formatCost,
  formatDuration,
  formatInZone,
  formatRelative,
  formatTokens,
} from '../lib/format.ts';

describe('numbers as people read them', () => {
  it.each([
    [0, '$0'],
    [12_300_000, '$0.0123'],
    [50_000, '<$0.0001'],
    [1_234_000_000, '$1.23'],
  ])('costs: %d nano-dollars', (nano, text) => expect(formatCost(nano)).toBe(text));

  it.each([
    [812, '812'],
    [12_345, '12.3k'],
    [999_990, '1.0M'],
    [1_200_000, '1.2M'],
  ])('tokens: %d', (tokens, text) => expect(formatTokens(tokens)).toBe(text));

  it.each([
    [-5, '0.0 s'],
    [420, '0.4 s'],
    [12_000, '12 s'],
    [185_000, '3 min 05 s'],
    [7_800_000, '2 h 10 min'],
  ])('durations: %d ms', (milliseconds, text) => expect(formatDuration(milliseconds)).toBe(text));

  it.each([
    ['2026-01-01T11:59:50Z', 'just now'],
    ['2026-01-01T12:00:20Z', 'in a moment'],
    ['2026-01-01T11:55:00Z', '5 minutes ago'],
    ['2026-01-01T10:00:00Z', '2 hours ago'],
    ['2025-12-31T12:00:00Z', 'yesterday'],
  ])('moments: %s', (iso, text) =>
    expect(formatRelative(iso, Date.parse('2026-01-01T12:00:00Z'))).toBe(text),
  );

  it('sizes', () =>
    expect([300, 12_000, 1_400_000].map(formatBytes)).toEqual(['300 B', '12 KB', '1.4 MB']));
});

it('a moment in a zone names the year only when it is another', () => {
  const year = new Date().getFullYear();
  expect(formatInZone(`${year}-03-10T08:00:00Z`, 'Europe/Berlin')).toMatch(
    /^\w{3} 10 Mar,? 09:00$/,
  );
  expect(formatInZone('2019-03-10T08:00:00Z', 'Asia/Tokyo')).toBe('Sun 10 Mar 2019, 17:00');
});
