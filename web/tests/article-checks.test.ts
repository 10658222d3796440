import { describe, expect, test } from '@jest/globals';
import { checkName, failingFirst, placesOf, type SeoCheck } from '../lib/article-checks.ts';

const check = (status: SeoCheck['status'], positions: Array<[number, number]> = []): SeoCheck => ({
  id: `rule_${status}`,
  status,
  measured: 1,
  threshold: { min: null, max: null, unit: 'count' },
  message: 'm',
  positions,
});

describe('the checks of an article', () => {
  test('stand with the failing ones first', () => {
    expect(
      failingFirst([check('good'), check('ok'), check('bad')]).map(({ status }) => status),
    ).toEqual(['bad', 'ok', 'good']);
  });

  test('point at the very words, counted as JavaScript counts them', () => {
    expect(placesOf(check('bad', [[3, 7]]), '😀 long words')).toEqual(['long']);
  });

  test('never show more than a few places, nor endless ones', () => {
    const text = 'x'.repeat(1_000);
    const places = placesOf(
      check(
        'bad',
        Array.from({ length: 50 }, () => [0, 1_000] as [number, number]),
      ),
      text,
    );
    expect(places).toHaveLength(5);
    expect(places[0]?.length).toBeLessThanOrEqual(160);
  });

  test('are named for people', () => {
    expect(checkName('keyphrase_in_title')).toBe('Keyphrase in title');
  });
});
