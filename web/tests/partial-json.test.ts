import { describe, expect, it } from '@jest/globals';
import { parsePartialJson } from '../lib/partial-json.ts';
import { readPartialReview } from '../lib/partial-review.ts';

const finding = {
  file: 'a.ts',
  line: 3,
  severity: 'high',
  title: 'T "q"',
  why: 'W\\',
  suggestion: 'S',
};
const review = {
  summary: 'Two, {findings}',
  verdict: 'comment',
  findings: [finding, { ...finding, line: 9 }],
};

describe('JSON that is still being written', () => {
  it('is readable at every point after its first brace', () => {
    const text = JSON.stringify(review);
    for (let length = 1; length <= text.length; length += 1) {
      expect(parsePartialJson(text.slice(0, length))).toBeDefined();
    }
    expect(parsePartialJson(text)).toEqual(review);
  });

  it('keeps an open string and leaves out what has no value yet', () => {
    expect(parsePartialJson('{"a":"hal')).toEqual({ a: 'hal' });
    expect(parsePartialJson('{"a":1,"b')).toEqual({ a: 1 });
    expect(parsePartialJson('{"a":[1,{"b":2},')).toEqual({ a: [1, { b: 2 }] });
  });

  it('says nothing of what is no JSON', () => {
    expect(parsePartialJson('')).toBeUndefined();
    expect(parsePartialJson('Sorry, ')).toBeUndefined();
  });

  it('shows only whole findings of a review', () => {
    const text = JSON.stringify(review);
    const cut = text.slice(0, text.lastIndexOf('"why"') + 8);
    expect(readPartialReview(cut)).toEqual({ summary: review.summary, findings: [finding] });
  });
});
