import { Paper, Skeleton, Stack } from '@mantine/core';

const rows = ['a', 'b', 'c', 'd', 'e', 'f'];

export default function TasksLoading() {
  return (
    <Stack gap="md" aria-busy="true" aria-label="Loading tasks">
      <Skeleton height={36} width={180} />
      <Skeleton height={36} />
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
