import { expect, test } from '@jest/globals';
import { incidentFeed } from '../lib/status-feed.ts';
import { dayBars, uptime } from '../lib/status-labels.ts';

const now = Date.parse('2026-03-03T12:00:00Z');

test('a day without samples is shown as one, never as a good one', () => {
  const bars = dayBars([{ day: '2026-03-02', operational: 100, degraded: 0, outage: 0 }], 3, now);
  expect(bars.map(({ day, state }) => [day, state])).toEqual([
    ['2026-03-01', 'no data'],
    ['2026-03-02', 'operational'],
    ['2026-03-03', 'no data'],
  ]);
});

test('uptime is of the samples there are, and never rounds up to a hundred', () => {
  expect(uptime([])).toBeNull();
  expect(uptime([{ day: '2026-03-02', operational: 99_999, degraded: 0, outage: 1 }])).toBe(
    '99.99 %',
  );
  expect(uptime([{ day: '2026-03-02', operational: 5, degraded: 5, outage: 0 }])).toBe('100 %');
});

test('the feed carries what operators wrote as text, whatever it contains', () => {
  const feed = incidentFeed(
    'https://status.test',
    [
      {
        id: '0190a3a0-0000-7000-8000-000000000000',
        title: 'A < B & "C"',
        state: 'resolved',
        startedAt: '2026-03-02T00:00:00.000Z',
        resolvedAt: '2026-03-02T01:00:00.000Z',
        updates: [
          {
            id: 'u',
            state: 'resolved',
            body: '</content><script>',
            at: '2026-03-02T01:00:00.000Z',
          },
        ],
      },
    ],
    '2026-03-03T00:00:00.000Z',
  );
  expect(feed).toContain('<title>A &lt; B &amp; &quot;C&quot;</title>');
  expect(feed).not.toContain('<script>');
});
