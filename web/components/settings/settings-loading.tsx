import { Paper, Skeleton, Stack } from '@mantine/core';

const rows = ['a', 'b', 'c', 'd'];

/** What stands in a section of the settings until it is there. */
export function SettingsLoading() {
  return (
    <Stack gap="md" aria-busy="true" aria-label="Loading settings">
      <Skeleton height={36} width={180} />
      <Paper withBorder p="md">
        <Stack gap="lg">
          {rows.map((row) => (
            <Skeleton key={row} height={40} />
          ))}
        </Stack>
      </Paper>
    </Stack>
  );
}
