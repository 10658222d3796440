'use client';

import { parseCron } from '@devsphere/shared/schedules/cron.ts';
import { nextOccurrences } from '@devsphere/shared/schedules/occurrences.ts';
import { nextClockChange } from '@devsphere/shared/schedules/time-zone.ts';
import { cronInWords } from '@devsphere/shared/schedules/words.ts';
import { Stack, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useNow } from '../lib/browser/use-now.ts';
import { formatInZone } from '../lib/format.ts';
import { NextRuns } from './next-runs.tsx';

const minuteMilliseconds = 60_000;

/** What a valid expression means: words, the next five runs, and what a change of clocks does to it. */
export function RhythmPreview({ cron, timeZone }: { cron: string; timeZone: string }) {
  const minute = Math.floor(useNow(minuteMilliseconds) / minuteMilliseconds);
  const { words, runs, hint } = useMemo(() => {
    const now = new Date(minute * minuteMilliseconds);
    return {
      words: cronInWords(cron),
      runs: nextOccurrences({ cron, timeZone }, now, 5).map((at) => at.toISOString()),
      hint: clockHint(cron, timeZone, now),
    };
  }, [cron, timeZone, minute]);
  return (
    <Stack gap="xs" aria-live="polite" data-testid="rhythm-preview">
      <Text fw={600}>{words}</Text>
      <NextRuns runs={runs} timeZone={timeZone} />
      {hint && (
        <Text size="xs" c="dimmed">
          {hint}
        </Text>
      )}
    </Stack>
  );
}

function clockHint(cron: string, timeZone: string, now: Date): string | null {
  const change = nextClockChange(timeZone, now);
  if (!change) return null;
  const when = `Clocks go ${change.direction} there on ${formatInZone(change.at.toISOString(), timeZone)}.`;
  if (parseCron(cron).everyHour) return `${when} This schedule goes on in real time.`;
  return change.direction === 'forward'
    ? `${when} A time that does not exist that day runs once, right after the gap.`
    : `${when} A time that comes twice that day runs once, the first time.`;
}
