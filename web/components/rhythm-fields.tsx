'use client';

import { cronProblem } from '@devsphere/shared/schedules/cron.ts';
import { Button, Group, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useMemo } from 'react';
import { useReady } from '../lib/browser/use-ready.ts';
import { RhythmPreview } from './rhythm-preview.tsx';

type RhythmFieldsProps = {
  cron: string;
  timeZone: string;
  problems: Record<string, string>;
  onChange: (change: { cron?: string; timeZone?: string }) => void;
};

const suggestions = [
  ['Every hour', '0 * * * *'],
  ['Every day', '0 9 * * *'],
  ['Weekdays', '0 9 * * MON-FRI'],
  ['Mondays', '0 9 * * MON'],
  ['First of the month', '0 9 1 * *'],
] as const;

/** A cron expression and a zone, with what they mean beside them while one types. */
export function RhythmFields({ cron, timeZone, problems, onChange }: RhythmFieldsProps) {
  const ready = useReady();
  const zones = useMemo(
    () => [...new Set(['UTC', timeZone, ...Intl.supportedValuesOf('timeZone')])],
    [timeZone],
  );
  const problem = problems.cron ?? (ready ? cronProblem(cron) : undefined);
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
      <Stack gap="md">
        <Stack gap="xs">
          <TextInput
            label="Cron expression"
            description="Minute, hour, day of the month, month, day of the week."
            required
            value={cron}
            error={problem}
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => onChange({ cron: event.currentTarget.value })}
          />
          <Group gap={6} role="group" aria-label="Suggestions">
            {suggestions.map(([label, expression]) => (
              <Button
                key={label}
                variant="default"
                size="compact-xs"
                onClick={() => onChange({ cron: expression })}
              >
                {label}
              </Button>
            ))}
          </Group>
        </Stack>
        <Select
          label="Time zone"
          required
          searchable
          limit={60}
          allowDeselect={false}
          nothingFoundMessage="No zone has this name"
          data={zones}
          value={timeZone}
          error={problems.timeZone}
          onChange={(value) => value && onChange({ timeZone: value })}
        />
      </Stack>
      {ready && !problem && <RhythmPreview cron={cron} timeZone={timeZone} />}
    </SimpleGrid>
  );
}
